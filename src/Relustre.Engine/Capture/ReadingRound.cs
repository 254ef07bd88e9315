using System.Runtime.CompilerServices;
using System.Text;

namespace Relustre.Capture;

/// <summary>One request for files and its answer: their content, and how they stood once all had been read.</summary>
/// <param name="owners">The numbers of those who own something, by name: filled as files come, for ACLs that name them.</param>
/// <param name="isBrief">Of which path the content is done with once the next file is asked for.</param>
internal sealed class ReadingRound(
    SessionStream stream,
    CaptureLimits limits,
    IReadOnlyDictionary<string, ListedFile> wanted,
    Dictionary<(char Kind, string Name), uint> owners,
    Func<string, bool> isBrief)
{
    // The collector hands the names on as one command's arguments, for which xargs takes up to 128 KiB.
    private const int NamesLimit = 64 * 1024;

    /// <summary>The collector's tar fills its last record up to this.</summary>
    internal const int TarRecord = 128 * 512;

    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly HashSet<string> misread = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> linked = new(StringComparer.Ordinal);
    private readonly HashSet<string> unkept = new(StringComparer.Ordinal);
    private readonly List<CaptureProblem> problems = [];
    private readonly List<CapturedFile> closedFolders = [];
    private long linkedBytes;

    /// <summary>Files in portions that can be asked for at once.</summary>
    public static IEnumerable<Dictionary<string, ListedFile>> Batches(IEnumerable<ListedFile> files)
    {
        var batch = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
        var size = 0;
        foreach (var file in files)
        {
            // A dot before it, NUL behind it; an odd byte is counted as three.
            var length = Encoding.UTF8.GetByteCount(file.Path) + 2;
            if (size + length > NamesLimit && batch.Count > 0)
            {
                yield return batch;
                (batch, size) = (new(StringComparer.Ordinal), 0);
            }
            size += length;
            batch.Add(file.Path, file);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    public IReadOnlyList<CaptureProblem> Problems => problems;

    /// <summary>Folders that may not be opened, and yet are above what was captured: as they were listed.</summary>
    public IReadOnlyList<CapturedFile> ClosedFolders => closedFolders;

    /// <summary>What the server's tar can keep beside content, as its options.</summary>
    public string TarKeeps { get; private set; } = "";

    public async IAsyncEnumerable<CapturedFile> FilesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var names = UnixPath.Encode(string.Concat(wanted.Keys.Select(path => path == "/" ? ".\0" : $".{path}\0")));
        await stream.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"want {names.Length}\n"), .. names], cancel);
        var answer = await stream.ReadLineAsync(cancel);
        if (answer == $"error {CollectorScript.NoTar}")
            throw stream.Refused(CollectorScript.NoTar);
        if (!answer.StartsWith("tar", StringComparison.Ordinal))
            throw stream.Broken($"cannot send files: {Hosts.Harmless.Text(answer)}");
        TarKeeps = answer;
        using var tar = new TarStream(stream, new() { Entries = wanted.Count, PathLength = limits.PathLength + 2, ContentBytes = limits.FileSize });
        while (await NextAsync(tar, cancel) is { } entry)
        {
            if (await FileAsync(tar, entry, cancel) is { } file)
                yield return file;
        }
        await tar.PassOverPaddingAsync(TarRecord, cancel);
    }

    /// <summary>What has to be read again, as it stands now; what nobody can read is a problem, what is gone is gone.</summary>
    public async Task<Dictionary<string, ListedFile>> ChangedAsync(CancellationToken cancel)
    {
        var (listed, complaint) = await new ListingReader(stream, limits).ReadAsync(cancel);
        var changed = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
        foreach (var now in listed)
        {
            if (!wanted.TryGetValue(now.Path, out var before))
                throw stream.Broken($"listed {Hosts.Harmless.Text(now.Path)}, which was not asked for");
            if (!before.IsSameAs(now) || misread.Contains(now.Path))
                changed[now.Path] = now with { IsAncestor = before.IsAncestor, Fingerprint = before.Fingerprint };
            else if (!read.Contains(now.Path))
            {
                problems.Add(new(now.Path, Cause(now.Path, complaint), CaptureProblemKind.Unreadable));
                if (now.Kind == FileKind.Directory)
                    closedFolders.Add(Captured(now, new() { Path = "." + now.Path, Kind = now.Kind }, content: default));
            }
        }
        return changed;
    }

    private async ValueTask<TarEntry?> NextAsync(TarStream tar, CancellationToken cancel)
    {
        try
        {
            return await tar.NextAsync(cancel);
        }
        catch (TarDamagedException damaged)
        {
            throw stream.Broken($"sent {damaged.Message}", damaged);
        }
    }

    private async Task<CapturedFile?> FileAsync(TarStream tar, TarEntry entry, CancellationToken cancel)
    {
        var path = entry.Path == "." ? "/" : entry.Path.StartsWith("./", StringComparison.Ordinal) ? entry.Path[1..] : "";
        if (!wanted.TryGetValue(path, out var listed))
            throw stream.Broken($"sent {Hosts.Harmless.Text(entry.Path)}, which was not asked for");
        if (!read.Add(path))
            throw stream.Broken($"sent {Hosts.Harmless.Text(path)} twice");
        if (entry.Kind != listed.Kind)
        {
            misread.Add(path);
            return null;
        }
        if (entry.Size > limits.FileSize)
        {
            problems.Add(CaptureProblem.TooBig(path, entry.Size, limits));
            return null;
        }
        if (entry.IsHardLink && unkept.Contains(entry.LinkTarget!))
        {
            // Asked for by itself, it comes with its content.
            misread.Add(path);
            return null;
        }
        var content = entry switch
        {
            { IsHardLink: true } => Linked(entry),
            { Kind: FileKind.File } when listed.Links == 1 && isBrief(path) => await tar.BriefContentAsync(cancel),
            { Kind: FileKind.File } => await tar.ContentAsync(cancel),
            _ => default,
        };
        if (listed.Links > 1)
            Keep(entry.Path, content);
        if (listed.Kind == FileKind.File && content.Length != listed.Size)
            misread.Add(path);
        owners.TryAdd(('u', entry.User), listed.UserId);
        owners.TryAdd(('g', entry.Group), listed.GroupId);
        return Captured(listed, entry, content);
    }

    private void Keep(string path, ReadOnlyMemory<byte> content)
    {
        if (linkedBytes + content.Length > limits.LinkedBytes)
        {
            unkept.Add(path);
            return;
        }
        linkedBytes += content.Length;
        linked[path] = content;
    }

    private ReadOnlyMemory<byte> Linked(TarEntry entry) => linked.TryGetValue(entry.LinkTarget!, out var content)
        ? content
        : throw stream.Broken($"sent {Hosts.Harmless.Text(entry.Path)} as a link to something that it did not send");

    private CapturedFile Captured(ListedFile listed, TarEntry entry, ReadOnlyMemory<byte> content) => new()
    {
        Path = listed.Path,
        Kind = listed.Kind,
        Mode = listed.Mode,
        UserId = listed.UserId,
        GroupId = listed.GroupId,
        User = entry.User,
        Group = entry.Group,
        Modified = listed.Modified,
        Links = listed.Links,
        Inode = listed.Inode,
        Device = listed.Device,
        LinkTarget = listed.Kind == FileKind.Symlink ? entry.LinkTarget : null,
        DeviceNumber = entry.DeviceNumber,
        Attributes = Attributes(entry),
        Content = content,
    };

    private ExtendedAttribute[] Attributes(TarEntry entry)
    {
        var attributes = entry.Attributes.ToList();
        AddAcl("system.posix_acl_access", entry.AccessAcl);
        AddAcl("system.posix_acl_default", entry.DefaultAcl);
        return [.. attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)];

        void AddAcl(string name, string? text)
        {
            if (text is null || attributes.Exists(attribute => attribute.Name == name) || (name.EndsWith('s') && PosixAcl.IsMode(text)))
                return;
            if (PosixAcl.FromText(text, IdOf) is { } bytes)
                attributes.Add(new(name, bytes));
            else
                problems.Add(new(entry.Path[1..], $"its ACL could not be read: {Hosts.Harmless.Text(text)}", CaptureProblemKind.AttributesMissing));
        }
    }

    // An old tar names users; numbers are known for those who own something.
    private uint? IdOf(char kind, string name) => owners.TryGetValue((kind, name), out var id) ? id : null;

    private static string Cause(string path, string complaint)
    {
        var line = complaint.Split('\n').FirstOrDefault(line => line.Contains($".{path}:", StringComparison.Ordinal));
        return line is null ? "could not be read" : $"could not be read: {Hosts.Harmless.Text(line[(line.LastIndexOf(':') + 1)..].Trim())}";
    }
}
