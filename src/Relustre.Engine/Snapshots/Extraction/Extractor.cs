using Relustre.Hosts;
using Relustre.Vault;

namespace Relustre.Snapshots.Extraction;

/// <summary>
/// Puts a snapshot's files into a new folder: a plain copy to look at or to take from, never over a running system. Names come
/// from servers, so each is checked, and nothing existing is ever written to or followed.
/// </summary>
internal sealed class Extractor(SnapshotReader snapshot, string target)
{
    private readonly Dictionary<(ulong Device, ulong Inode), string> linked = [];
    private readonly List<SnapshotEntry> folders = [];
    private readonly List<ManifestProblem> problems = [];

    /// <summary>What could not be set (an owner without root, a device); the content of every file is there all the same.</summary>
    public IReadOnlyList<ManifestProblem> Problems => problems;

    public int Names { get; private set; }

    public long Bytes { get; private set; }

    public async Task ExtractAsync(IAsyncEnumerable<SnapshotEntry> entries, CancellationToken cancel)
    {
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            RefuseHostileName(entry);
            await PlaceAsync(entry, cancel);
            Names++;
        }
        // A folder's time and mode come last: its content changes the one, and the other may forbid that.
        foreach (var folder in Enumerable.Reverse(folders))
            Dress(folder);
    }

    private static void RefuseHostileName(SnapshotEntry entry)
    {
        var name = UnixPath.Decode(entry.Node.Name.Span);
        if (name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\0') >= 0)
            throw new SnapshotUnreadableException($"the snapshot holds the name {entry.Path}, which no file system gives: nothing more is extracted");
    }

    private async Task PlaceAsync(SnapshotEntry entry, CancellationToken cancel)
    {
        var path = PathOf(entry);
        switch (entry.Node.Type)
        {
            case NodeType.Directory:
                Posix.MakeFolder(path);
                folders.Add(entry);
                return;
            case NodeType.File:
                await PlaceFileAsync(entry, path, cancel);
                return;
            case NodeType.Symlink:
                Posix.MakeSymlink(UnixPath.Decode((entry.Node.LinkTarget ?? default).Span), path);
                break;
            case NodeType.Fifo:
                Posix.MakeFifo(path);
                break;
            case NodeType.BlockDevice or NodeType.CharacterDevice:
                if (!Attempt(entry.Path, () => Posix.MakeDevice(path, entry.Node.Type == NodeType.BlockDevice, entry.Node.Device)))
                    return;
                break;
            default:
                return;
        }
        Dress(entry);
    }

    private async Task PlaceFileAsync(SnapshotEntry entry, string path, CancellationToken cancel)
    {
        var key = (entry.Node.DeviceId, entry.Node.Inode);
        if (entry.Node.Links > 1 && entry.Node.Inode != 0)
        {
            if (linked.TryGetValue(key, out var first))
            {
                Posix.MakeHardLink(first, path);
                return;
            }
            linked.Add(key, path);
        }
        using (var file = Posix.CreateFile(path))
        {
            var at = 0L;
            await foreach (var piece in snapshot.ContentAsync(entry, cancel))
            {
                await RandomAccess.WriteAsync(file, piece, at, cancel);
                at += piece.Length;
            }
            Bytes += at;
        }
        Dress(entry);
    }

    private void Dress(SnapshotEntry entry)
    {
        var path = PathOf(entry);
        var node = entry.Node;
        if (OwnUser.Id() == 0)
            Attempt(entry.Path, () => Posix.SetOwner(path, node.UserId, node.GroupId));
        foreach (var attribute in node.Attributes)
            Attempt(entry.Path, () => Posix.SetAttribute(path, attribute.Name, attribute.Value.Span));
        // After the owner, since giving a file away takes its setuid bit.
        if (node.Type != NodeType.Symlink)
            Attempt(entry.Path, () => Posix.SetMode(path, node.UnixMode));
        Attempt(entry.Path, () => Posix.SetTime(path, new UnixTime(node.Modified.Seconds, node.Modified.Nanoseconds)));
    }

    private bool Attempt(string subject, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (IOException failure)
        {
            problems.Add(new ManifestProblem(subject, failure.Message));
            return false;
        }
    }

    private string PathOf(SnapshotEntry entry) => target + entry.Path;
}
