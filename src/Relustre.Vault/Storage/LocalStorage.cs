using System.IO.Enumeration;
using System.Security.Cryptography;

namespace Relustre.Vault;

/// <summary>A vault in a folder of a mounted file system.</summary>
public sealed class LocalStorage(string folder) : Storage
{
    private const string TemporaryMark = "-tmp-";
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode WritingMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FinishedMode = UnixFileMode.UserRead;

    public override string Location => folder;

    public override ValueTask PrepareAsync(CancellationToken cancel) => Explain(folder, () =>
    {
        Directory.CreateDirectory(folder, FolderMode);
        foreach (var area in (ReadOnlySpan<StorageArea>)[.. Enum.GetValues<StorageArea>()])
            Directory.CreateDirectory(Path.Combine(folder, FolderOf(area)), FolderMode);
        for (var prefix = 0; prefix < 256; prefix++)
            Directory.CreateDirectory(Path.Combine(folder, "data", $"{prefix:x2}"), FolderMode);
        Posix.SyncFolder(Path.Combine(folder, "data"));
        Posix.SyncFolder(folder);
        return ValueTask.CompletedTask;
    });

    public override ValueTask<IReadOnlyList<StoredFile>> ListAsync(StorageArea area, CancellationToken cancel) =>
        Explain(folder, () => ValueTask.FromResult<IReadOnlyList<StoredFile>>(List(area, cancel)));

    public override ValueTask<byte[]?> ReadAsync(StorageArea area, BlobId name, long offset, int length, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(area, name);
        return Explain(path, () => ValueTask.FromResult(Read(path, offset, length)));
    }

    public override ValueTask WriteAsync(StorageArea area, BlobId name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(area, name);
        return Explain(path, () =>
        {
            WriteWhole(path, content.Span);
            return ValueTask.CompletedTask;
        });
    }

    public override ValueTask<bool> DeleteAsync(StorageArea area, BlobId name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(area, name);
        return Explain(path, () =>
        {
            var there = File.Exists(path);
            File.Delete(path);
            return ValueTask.FromResult(there);
        });
    }

    public override ValueTask<bool> ExistsAsync(StorageArea area, BlobId name, CancellationToken cancel) =>
        ValueTask.FromResult(File.Exists(PathOf(area, name)));

    public override ValueTask TidyAsync(DateTimeOffset before, CancellationToken cancel)
    {
        try
        {
            foreach (var path in Temporaries(before))
            {
                cancel.ThrowIfCancellationRequested();
                File.Delete(path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // They only take space: whoever writes next is told what is wrong with the disk.
        }

        return ValueTask.CompletedTask;
    }

    private List<string> Temporaries(DateTimeOffset before) =>
    [
        .. from area in Enum.GetValues<StorageArea>()
           let place = Path.Combine(folder, FolderOf(area))
           where Directory.Exists(place)
           from path in new FileSystemEnumerable<string>(
               place, (ref entry) => entry.ToFullPath(), new() { RecurseSubdirectories = area == StorageArea.Data })
           {
               ShouldIncludePredicate = (ref entry) => IsTemporary(entry.FileName) && !entry.IsDirectory && entry.LastWriteTimeUtc < before,
           }
           select path,
    ];

    // The name that it would have got, and restic's or our mark behind it.
    private static bool IsTemporary(ReadOnlySpan<char> name) => name.IndexOf(TemporaryMark, StringComparison.Ordinal) is > 0 and var end
        && (name[..end] is "config" || BlobId.TryParse(name[..end], out _));

    private string PathOf(StorageArea area, BlobId name)
    {
        if (area == StorageArea.Config)
            return Path.Combine(folder, "config");
        var file = name.ToString();
        return area == StorageArea.Data
            ? Path.Combine(folder, "data", file[..2], file)
            : Path.Combine(folder, FolderOf(area), file);
    }

    private List<StoredFile> List(StorageArea area, CancellationToken cancel)
    {
        var files = new List<StoredFile>();
        if (area == StorageArea.Config)
            return File.Exists(PathOf(area, default)) ? [new(default, new FileInfo(PathOf(area, default)).Length)] : [];
        var root = Path.Combine(folder, FolderOf(area));
        if (!Directory.Exists(root))
            return files;
        foreach (var place in area == StorageArea.Data ? Directory.EnumerateDirectories(root) : [root])
        {
            cancel.ThrowIfCancellationRequested();
            files.AddRange(new FileSystemEnumerable<StoredFile>(place, ToStoredFile) { ShouldIncludePredicate = IsOurs });
        }

        return files;
    }

    private static bool IsOurs(ref FileSystemEntry entry) =>
        !entry.FileName.ContainsAnyInRange('A', 'F') && BlobId.TryParse(entry.FileName, out _) && !entry.IsDirectory;

    private static StoredFile ToStoredFile(ref FileSystemEntry entry) =>
        new(BlobId.TryParse(entry.FileName, out var name) ? name : default, entry.Length);

    private static byte[]? Read(string path, long offset, int length)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[Math.Clamp(RandomAccess.GetLength(file) - offset, 0, length)];
            var done = 0;
            while (done < content.Length)
            {
                var got = RandomAccess.Read(file, content.AsSpan(done), offset + done);
                if (got == 0)
                    return content[..done];
                done += got;
            }

            return content;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var place = Path.GetDirectoryName(path)!; // PathOf never returns a root.
        var temporary = $"{path}{TemporaryMark}{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            if (!Directory.Exists(place))
                Directory.CreateDirectory(place, FolderMode);
            WriteDurably(temporary, content);
            File.Move(temporary, path, overwrite: true);
            Posix.SyncFolder(place);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw;
        }
    }

    private static void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        File.SetUnixFileMode(file, WritingMode);
        RandomAccess.Write(file, content, 0);
        File.SetUnixFileMode(file, FinishedMode);
        RandomAccess.FlushToDisk(file);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell; a file of such a name is ignored by every reader.
        }
    }

    // The one place where the operating system's errors become words for an administrator.
    private static T Explain<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new VaultReadOnlyException($"no permission for {path}: run as the vault's owner, or correct its mode", denied);
        }
        catch (IOException full) when (full.HResult is Posix.NoSpace or Posix.QuotaExceeded)
        {
            throw new VaultFullException(
                $"no space left while writing {path}: free some or enlarge the file system, then run the command again; nothing finished before is lost", full);
        }
        catch (IOException readOnly) when (readOnly.HResult == Posix.ReadOnlyFileSystem)
        {
            throw new VaultReadOnlyException($"{path} lies on a read-only file system: remount it writable, or use another vault", readOnly);
        }
        catch (IOException failure)
        {
            throw new VaultUnreachableException($"the storage of the vault fails at {path}: {failure.Message}", failure);
        }
    }
}
