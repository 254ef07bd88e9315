namespace Relustre.Restore.Gates;

/// <summary>
/// The server speaks its partner's language before it speaks at all: a node with another key, port or list of nodes sees nobody, and
/// fences its healthy partner. Asked right before Corosync starts.
/// </summary>
public sealed class KeysAgree() : Gate(GateName, "the keys of Corosync and Pacemaker and what corosync.conf shares are the same on all servers of the pair")
{
    public const string GateName = "keys-agree";

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var look = $"sha256sum {CorosyncConf.Key} /etc/pacemaker/authkey {CorosyncConf.Path}   (on each server)";
        if (await ClusterKeys.AskAsync(view.Host, cancel) is not { } own)
            return Closed($"{view.Name} does not tell the digests of its cluster's keys", look);
        if (own.Conf.Length == 0 && own.Digests["/etc/cluster/cluster.conf"] == "none")
            return Closed($"{view.Name} has no {CorosyncConf.Path}", look);
        if (CorosyncConf.Facts(own.Conf, own.Digests[CorosyncConf.Key] != "none") is { NeedsAuthKey: true, HasAuthKey: false })
            return Closed($"{view.Name}'s corosync.conf asks for {CorosyncConf.Key}, which is not there: Corosync does not start", look);
        foreach (var partner in view.Partners)
        {
            if (await ClusterKeys.AskAsync(partner, cancel) is not { } other)
                return Closed($"{partner.Host.Name} does not tell the digests of its cluster's keys", look);
            foreach (var (path, digest) in own.Digests)
                if (other.Digests[path] != digest)
                    return Closed(Different(view.Name, partner.Host.Name, path, digest, other.Digests[path]), look);
            if (CorosyncConf.Differing(other.Conf, own.Conf) is { Count: > 0 } settings)
                return Closed($"corosync.conf of {view.Name} and {partner.Host.Name} differ in {settings.Some()}: take the one of {partner.Host.Name}, which runs", look);
        }
        return Open(view.Partners.Count == 0 ? $"the site knows no partner of {view.Name}" : "keys and corosync.conf agree");
    }

    private static string Different(string host, string partner, string path, string own, string other) => (own, other) switch
    {
        ("none", _) => $"{path} is on {partner} and not on {host}: take it from {partner}",
        (_, "none") => $"{path} is on {host} and not on {partner}, which runs without: remove it from {host}, or find out where it belongs",
        _ => $"{path} of {host} is not that of {partner}: with another key {host} sees nobody and fences {partner}; take the one of {partner}",
    };
}
