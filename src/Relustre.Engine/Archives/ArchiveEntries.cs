using System.IO.Compression;
using Relustre.Capture;

namespace Relustre.Archives;

/// <summary>Reads all that is in an archive, packed or not, and refuses whatever has no place in a backup. Nothing is written to a disk.</summary>
internal sealed class ArchiveEntries(ArchiveLimits limits)
{
    private readonly SortedDictionary<string, CapturedFile> files = new(StringComparer.Ordinal);

    /// <summary>By their names in the archive, clean and relative: <c>bck-mds1-20170103-101112/etc/hosts</c>.</summary>
    public IReadOnlyDictionary<string, CapturedFile> Files => files;

    public async Task ReadAsync(Stream input, CancellationToken cancel)
    {
        var start = new byte[6];
        var count = await input.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        var packed = new CountingStream(start.AsMemory(0, count), input);
        Stream unpacked = start.AsSpan(0, count) switch
        {
            [] => throw new ArchiveRefusedException("it is empty"),
            [0x1F, 0x8B, ..] => new BoundedStream(new GZipStream(packed, CompressionMode.Decompress), packed, limits),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => throw Packed("bzip2", "bunzip2"),
            [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] => throw Packed("xz", "unxz"),
            [(byte)'P', (byte)'K', ..] => throw new ArchiveRefusedException("it is a zip file, no tar archive"),
            _ => new BoundedStream(packed, packed, limits),
        };
        var tar = new TarStream(unpacked, new() { Entries = limits.Entries, ContentBytes = limits.FileBytes });
        while (await tar.NextAsync(cancel) is { } entry)
            Add(entry, entry is { Kind: FileKind.File, IsHardLink: false } ? await tar.ContentAsync(cancel) : []);
        // Only now: a link may come later than what lies below its name.
        if (files.Keys.FirstOrDefault(IsBelowNoFolder) is { } lost)
            throw Hostile(lost, "lies below something that is no folder");
        // To the very end, where gzip's checksum stands.
        await unpacked.CopyToAsync(Stream.Null, cancel);
    }

    private void Add(TarEntry entry, byte[] content)
    {
        var path = Clean(entry.Path);
        if (path.Length == 0)
            return;
        if (entry.Kind is FileKind.BlockDevice or FileKind.CharacterDevice)
            throw Hostile(entry.Path, "is a device");
        if (entry.Kind == FileKind.Symlink && Leaves(path, entry.LinkTarget ?? ""))
            throw Hostile(entry.Path, "is a link that leads out of the archive");
        if (files.TryGetValue(path, out var before) && (before.Kind, entry.Kind) is not (FileKind.Directory, FileKind.Directory))
            throw Hostile(entry.Path, "is there twice");
        files[path] = File(entry, entry.IsHardLink ? Linked(entry) : content);
    }

    private static CapturedFile File(TarEntry entry, ReadOnlyMemory<byte> content) => new()
    {
        Path = "/",
        Kind = entry.Kind,
        Mode = entry.Mode,
        UserId = entry.UserId,
        GroupId = entry.GroupId,
        User = entry.User,
        Group = entry.Group,
        Modified = entry.Modified,
        LinkTarget = entry.Kind == FileKind.Symlink ? entry.LinkTarget : null,
        Attributes = entry.Attributes,
        Content = content,
    };

    private ReadOnlyMemory<byte> Linked(TarEntry entry) => files.TryGetValue(Clean(entry.LinkTarget ?? ""), out var file) && file.Kind == FileKind.File
        ? file.Content
        : throw Hostile(entry.Path, "is a hard link to something that is not in the archive");

    // "./etc//hosts" is "etc/hosts". The appendix's tar takes the leading slash away, as all do unless told not to.
    private static string Clean(string path)
    {
        var names = path.Split('/');
        if (path.StartsWith('/') || names.Contains(".."))
            throw new ArchiveRefusedException($"the name {Hosts.Harmless.Text(path)} leads out of the archive: somebody made it to harm, or with tar's -P");
        return string.Join('/', names.Where(name => name is not ("" or ".")));
    }

    // An absolute target is a place on the server; a relative one must not climb above the archive's top.
    private static bool Leaves(string path, string target)
    {
        if (target.StartsWith('/'))
            return false;
        var depth = path.Count('/');
        foreach (var name in target.Split('/'))
        {
            depth += name switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return true;
        }
        return false;
    }

    private bool IsBelowNoFolder(string path) =>
        Parents(path).Any(parent => files.TryGetValue(parent, out var file) && file.Kind != FileKind.Directory);

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }

    private static ArchiveRefusedException Packed(string kind, string tool) =>
        new($"it is packed with {kind}: unpack it with {tool} and import the tar file");

    private static ArchiveRefusedException Hostile(string path, string what) =>
        new($"{Hosts.Harmless.Text(path)} {what}: that is no backup of a server's configuration");
}
