using System.Globalization;
using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A certificate of the agent's that is no longer good, or will not be for long.</summary>
internal sealed class CertificateExpiry() : ServerRule("certificate-expiry", "chroma-agent", Risk.RecoveryAtRisk)
{
    private static readonly TimeSpan notice = TimeSpan.FromDays(30);

    public override string Why => "without a valid certificate the manager refuses the server, and up to IML 4.0 it gets no packages either";

    public override string Source => "IML: the manager knows a server by its certificate's serial; appendix C's most valuable files";

    public override string NextStep => "renew it while the old one is still valid: 'chroma-agent reregister_server' needs that";

    public override IEnumerable<Finding> Check(ServerView server) =>
        from certificate in server.Fact<ChromaAgentFacts>()?.Certificates ?? []
        let state = State(certificate, server.At)
        where state is not null
        select Found(server, certificate.Path, "valid for 30 days at least", $"{state} ({certificate.Subject})");

    private static string? State(CertificateFacts certificate, DateTimeOffset now) => 0 switch
    {
        _ when certificate.NotAfter <= now => $"expired on {Day(certificate.NotAfter)}",
        _ when certificate.NotAfter - now < notice => $"expires on {Day(certificate.NotAfter)}",
        _ when certificate.NotBefore > now => $"not valid before {Day(certificate.NotBefore)}",
        _ => null,
    };

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
