using System.Security.Cryptography;
using System.Text;

namespace Relustre.Sites;

/// <summary>
/// Makes a site: its folder, keys and papers; the vault itself is for whoever knows vaults. The site.yaml comes last, so a
/// folder that has one is complete, and an interrupted attempt is simply repeated.
/// </summary>
public static class SiteFolder
{
    /// <summary>Where the vault's password lies unless something else is named.</summary>
    public const string PasswordFile = "keys/vault.password";

    /// <summary>The first half: everything that the vault needs.</summary>
    /// <exception cref="SiteExistsException">There is one already.</exception>
    /// <returns>The password's file; null where <paramref name="own"/> says that the password comes from elsewhere.</returns>
    public static async Task<string?> PrepareAsync(string folder, bool own, CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(folder, SiteFile.Name)))
            throw new SiteExistsException(folder);
        Directory.CreateDirectory(folder, DurableFile.OwnerFolder);
        Directory.CreateDirectory(Path.Combine(folder, "vault"), DurableFile.OwnerFolder);
        Directory.CreateDirectory(Path.Combine(folder, "keys"), DurableFile.OwnerFolder);
        if (own)
            return null;
        var password = Path.Combine(folder, PasswordFile);
        // One that is there may already be the key of a vault.
        if (!File.Exists(password))
            await DurableFile.WriteAsync(password, Encoding.ASCII.GetBytes(NewPassword() + "\n"), cancel);
        return password;
    }

    /// <summary>The second half, after the vault: the papers, and the site.yaml that makes it a site.</summary>
    public static async Task<Site> FinishAsync(string folder, string? passwordFile, string? passwordCommand, CancellationToken cancel)
    {
        var vault = Path.Combine(folder, "vault");
        var password = passwordFile ?? (passwordCommand is null
            ? File.Exists(Path.Combine(folder, PasswordFile)) ? Path.Combine(folder, PasswordFile) : "the one that you chose ($RELUSTRE_PASSWORD)"
            : $"what this command prints: {passwordCommand}");
        await DurableFile.WriteAsync(
            Path.Combine(folder, RecoveryNote.Name), Encoding.UTF8.GetBytes(RecoveryNote.Text(vault, password)), cancel);
        await DurableFile.WriteAsync(
            Path.Combine(folder, SiteFile.Name), Encoding.UTF8.GetBytes(SiteTemplate.Text(passwordFile, passwordCommand)), cancel);
        return Site.Open(folder);
    }

    // 256 random bits, in letters and digits that survive paper and telephone.
    private static string NewPassword()
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        var text = new StringBuilder();
        for (var bit = 0; bit < 256; bit += 5)
        {
            var pair = (random[bit / 8] << 8) | (bit / 8 + 1 < 32 ? random[bit / 8 + 1] : 0);
            text.Append(alphabet[(pair >> (11 - (bit % 8))) & 31]);
        }
        return string.Join('-', text.ToString().Chunk(4).Select(group => new string(group)));
    }
}
