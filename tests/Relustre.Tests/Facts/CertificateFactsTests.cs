using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Relustre.Facts;

namespace Relustre.Tests.Facts;

public class CertificateFactsTests
{
    private static readonly DateTimeOffset From = new(2020, 11, 12, 18, 20, 34, TimeSpan.Zero);

    [Fact]
    public void A_certificate_says_whose_it_is_and_until_when()
    {
        using var key = RSA.Create(2048);

        var facts = Assert.Single(CertificateFacts.Of(Pem("/etc/iml/self.crt", Certificate(key).ExportCertificatePem())));

        Assert.Equal(("/etc/iml/self.crt", "CN=mds1.lfs.example", From, From.AddDays(36500)), (facts.Path, facts.Subject, facts.NotBefore, facts.NotAfter));
    }

    [Fact]
    public void A_key_fits_its_certificate_and_no_other()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Pem("/c", Certificate(key).ExportCertificatePem());

        Assert.True(CertificateFacts.Fit(certificate, Pem("/k", key.ExportRSAPrivateKeyPem())));
        Assert.True(CertificateFacts.Fit(certificate, Pem("/k", key.ExportPkcs8PrivateKeyPem())));
        Assert.False(CertificateFacts.Fit(certificate, Pem("/k", other.ExportRSAPrivateKeyPem())));
        Assert.Null(CertificateFacts.Fit(certificate, Pem("/k", curve.ExportECPrivateKeyPem())));
    }

    [Fact]
    public void A_key_on_a_curve_fits_as_well()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=oss1", curve, HashAlgorithmName.SHA256);

        Assert.True(CertificateFacts.Fit(Pem("/c", request.CreateSelfSigned(From, From.AddDays(1)).ExportCertificatePem()), Pem("/k", curve.ExportECPrivateKeyPem())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n")]
    public void What_is_no_certificate_has_no_facts_and_no_fit(string text)
    {
        using var key = RSA.Create(2048);

        Assert.Empty(CertificateFacts.Of(Pem("/c", text)));
        Assert.Null(CertificateFacts.Fit(Pem("/c", text), Pem("/k", key.ExportRSAPrivateKeyPem())));
        Assert.Null(CertificateFacts.Fit(Pem("/c", Certificate(key).ExportCertificatePem()), Pem("/k", text)));
    }

    private static X509Certificate2 Certificate(RSA key) =>
        new CertificateRequest("CN=mds1.lfs.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(From, From.AddDays(36500));

    private static CapturedFile Pem(string path, string text) =>
        new() { Path = path, Kind = FileKind.File, Mode = 0, Content = Encoding.ASCII.GetBytes(text) };
}
