using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Relustre.Facts;

namespace Relustre.Formats;

/// <summary>Certificates in PEM: whom they name, until when, and for which key. The manager knows a server by its serial.</summary>
internal sealed class Certificate : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var settings = new List<Setting>();
        foreach (var certificate in CertificateFacts.In(text))
            using (certificate)
                Tell(settings.Count == 0 ? "" : $"{settings.Count(setting => setting.Key.EndsWith("serial", StringComparison.Ordinal)) + 1}. ", certificate, settings);
        return settings.Count == 0 && text.AsSpan().Trim().Length > 0 ? [JsonText.Unreadable(text)] : settings;
    }

    private static void Tell(string prefix, X509Certificate2 certificate, List<Setting> settings) => settings.AddRange(
    [
        new($"{prefix}subject", certificate.Subject),
        new($"{prefix}issuer", certificate.Issuer),
        new($"{prefix}serial", certificate.SerialNumber),
        new($"{prefix}not-after", $"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z"),
        new($"{prefix}public-key", Digest(certificate.PublicKey.ExportSubjectPublicKeyInfo())),
    ]);

    private static string Digest(byte[] data) => $"SHA256:{Convert.ToHexStringLower(SHA256.HashData(data))}";
}
