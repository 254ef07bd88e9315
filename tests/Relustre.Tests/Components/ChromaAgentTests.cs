using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Relustre.Tests.Components;

public class ChromaAgentTests
{
    private static readonly Component Agent = Catalogue.BuiltIn.Components.Single(component => component.Name == "chroma-agent");

    [Fact]
    public void A_key_that_is_not_the_certificates_is_told()
    {
        using var own = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var request = new CertificateRequest("CN=mds1", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        var fit = State(certificate.ExportCertificatePem(), own.ExportPkcs8PrivateKeyPem());
        var unfit = State(certificate.ExportCertificatePem(), other.ExportPkcs8PrivateKeyPem());

        var differences = Agent.Compare(fit, unfit);

        Assert.Equal(["/etc/iml/private.pem: (content)", "/etc/iml/self.crt: key"], differences.Select(difference => difference.Key).Order());
        Assert.Equal("does not fit private.pem", differences.Single(difference => !difference.IsSecret).Found);
        Assert.All(differences, difference => Assert.Equal(Risk.RecoveryAtRisk, difference.Risk));
    }

    [Fact]
    public void A_target_that_is_missing_from_the_store_is_one_difference()
    {
        var host = RecordedHost.Open("chroma-agent/iml-4.0-el7");
        var file = host.State.Files.First(file => file.Path.StartsWith("/var/lib/chroma/targets/", StringComparison.Ordinal));

        var differences = Agent.Compare(host.State, host.State with { Files = [.. host.State.Files.Where(other => other != file)] });

        Assert.Contains(differences, difference => difference.Key.StartsWith("targets/", StringComparison.Ordinal) && difference.Risk == Risk.FailoverAtRisk);
    }

    private static ComponentState State(string certificate, string key) => new([File("/etc/iml/self.crt", certificate), File("/etc/iml/private.pem", key)], []);

    private static CapturedFile File(string path, string text) => new() { Path = path, Kind = FileKind.File, Mode = 0x180, Content = Encoding.ASCII.GetBytes(text) };
}
