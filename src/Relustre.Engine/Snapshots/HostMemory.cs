using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Relustre.Capture;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>
/// What we remember of a host since its last snapshot, so that only what changed is read again. It holds no names and no
/// content, lies beside the site, and may be lost at any time: then everything is read once more.
/// </summary>
internal sealed record HostMemory
{
    private const int CurrentFormat = 2;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The snapshot that it describes; for any other it is worthless.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Which components and paths the capture was made of.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The digest of the whole listing; null where some file could not be read.</summary>
    public string? Listing { get; init; }

    /// <summary>Which files told the owners' names: when one changes, every name may be another.</summary>
    public required string Owners { get; init; }

    /// <summary>The digest of all tools' answers.</summary>
    public required string Tools { get; init; }

    /// <summary>Of tools that read files alone, by component and tool (<c>packages:rpm</c>), where they answered.</summary>
    public required IReadOnlyDictionary<string, StandingAnswer> Standing { get; init; }

    /// <summary>As whom the server was read: somebody else may see other files.</summary>
    public required uint ReaderUserId { get; init; }

    /// <summary>Sixteen bytes for each name whose state (path, owner, mode, size, mtime, ctime, inode) the snapshot holds.</summary>
    public required byte[] Fingerprints { get; init; }

    public HashSet<UInt128> Known()
    {
        var known = new HashSet<UInt128>(Fingerprints.Length / 16);
        for (var at = 0; at + 16 <= Fingerprints.Length; at += 16)
            known.Add(BinaryPrimitives.ReadUInt128BigEndian(Fingerprints.AsSpan(at)));
        return known;
    }

    public static string OwnersOf(FileListing listing) =>
        string.Join(' ', listing.Entries.Where(entry => entry.Path is "/etc/passwd" or "/etc/group").Select(entry => entry.Fingerprint));

    public static UInt128 KeyOf(ListedFile listed) => UInt128.Parse(listed.Fingerprint, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The memory of <paramref name="host"/> in <paramref name="folder"/>, if there is one that fits <paramref name="snapshot"/>.</summary>
    public static HostMemory? Recall(string folder, string host, BlobId snapshot, string catalogue)
    {
        try
        {
            var memory = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(folder, host)), HostMemoryJson.Default.HostMemory);
            return memory is { Format: CurrentFormat, Standing: not null } && memory.Snapshot == snapshot.ToString() && memory.Catalogue == catalogue
                && memory.Standing.All(answer => IsSound(answer.Key, answer.Value)) ? memory : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Makes the folder, and removes what writes that were interrupted a day ago or earlier left in it.</summary>
    public static void Prepare(string folder, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var left in new DirectoryInfo(folder).EnumerateFiles("*.json.*").Where(file => IsLeftOver(file, now)))
                left.Delete();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Without a memory the next backup only reads more.
        }
    }

    public void Keep(string folder, string host)
    {
        var path = PathOf(folder, host);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, HostMemoryJson.Default.HostMemory));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // The snapshot is safe in the vault; without a memory the next backup only reads more.
            Discard(temporary);
        }
    }

    // They become words of a request.
    private static bool IsSound(string tool, StandingAnswer answer) =>
        tool.All(sign => char.IsAsciiLetterOrDigit(sign) || "._+-:".Contains(sign, StringComparison.Ordinal))
        && answer is { Said: not null, Seen.Length: 64 } && answer.Seen.All(char.IsAsciiHexDigitLower);

    // A host's own name may hold ".json." too; its memory still ends in ".json".
    private static bool IsLeftOver(FileInfo file, DateTimeOffset now) =>
        Guid.TryParseExact(file.Extension.TrimStart('.'), "N", out _) && file.LastWriteTimeUtc < now - TimeSpan.FromDays(1);

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It is removed when it is a day old.
        }
    }

    // A host's name is checked when the site is read: letters, digits, dot, hyphen, underscore.
    private static string PathOf(string folder, string host) => Path.Combine(folder, host + ".json");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostMemory))]
internal sealed partial class HostMemoryJson : JsonSerializerContext;
