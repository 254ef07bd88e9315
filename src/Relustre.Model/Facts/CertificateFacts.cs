using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Relustre.Facts;

/// <summary>Who a certificate is for and until when: a manager knows its servers by their serials.</summary>
public sealed record CertificateFacts
{
    // A bundle of authorities may be long; the rest of it says nothing new.
    private const int MaxPerFile = 20;

    public required string Path { get; init; }

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    /// <summary>Hexadecimal, upper case, as openssl prints it.</summary>
    public required string Serial { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The certificates in a PEM file; empty where it holds none that can be read.</summary>
    public static IReadOnlyList<CertificateFacts> Of(CapturedFile file) => [.. In(file.Text).Select(certificate => From(file.Path, certificate))];

    /// <summary>Whether <paramref name="key"/> is the private key of the first certificate; null: one of the two cannot be read.</summary>
    public static bool? Fit(CapturedFile certificate, CapturedFile key)
    {
        using var first = In(certificate.Text).FirstOrDefault();
        if (first is null || Pem(key.Text, "PRIVATE KEY").FirstOrDefault() is not { } pem)
            return null;
        try
        {
            using AsymmetricAlgorithm pair = first.GetECDsaPublicKey() is { } curve ? curve : RSA.Create();
            pair.ImportFromPem(pem);
            return pair.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(first.PublicKey.ExportSubjectPublicKeyInfo());
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static CertificateFacts From(string path, X509Certificate2 certificate)
    {
        using (certificate)
            return new()
            {
                Path = path,
                Subject = certificate.Subject,
                Issuer = certificate.Issuer,
                Serial = certificate.SerialNumber,
                NotBefore = certificate.NotBefore.ToUniversalTime(),
                NotAfter = certificate.NotAfter.ToUniversalTime(),
            };
    }

    /// <summary>The certificates in a text; whoever takes one disposes of it.</summary>
    internal static IEnumerable<X509Certificate2> In(string text) =>
        Pem(text, "CERTIFICATE").Take(MaxPerFile).Select(Load).OfType<X509Certificate2>();

    private static X509Certificate2? Load(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Labels vary ("RSA PRIVATE KEY", "TRUSTED CERTIFICATE"), and keys and certificates may share a file.
    private static IEnumerable<string> Pem(string text, string label)
    {
        for (var rest = text; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            if (rest[found.Label].EndsWith(label, StringComparison.Ordinal))
                yield return rest[found.Location];
    }
}
