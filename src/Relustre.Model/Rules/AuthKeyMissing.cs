using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Encryption without a key.</summary>
internal sealed class AuthKeyMissing() : ServerRule("authkey-missing", "corosync", Risk.FailoverAtRisk)
{
    public override string Why => "with secauth or crypto on, Corosync does not start without its authkey";

    public override string Source => "Corosync ('Could not open /etc/corosync/authkey'); appendix C does not back it up";

    public override string NextStep => "copy /etc/corosync/authkey from the partner (root, 0400), or take it from the backup";

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<CorosyncFacts>() is { NeedsAuthKey: true, HasAuthKey: false })
            yield return Found(server, "/etc/corosync/authkey", "the pair's key", null);
    }
}
