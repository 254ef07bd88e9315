using System.Runtime.InteropServices;

namespace Relustre.Vault;

/// <summary>The few calls that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int NoSuchProcess = 3;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int QuotaExceeded = 122;

    private const int ReadOnlyFolder = 0x10000 | 0x80000;

    /// <summary>Makes a rename durable: until then a power cut may bring the old name back.</summary>
    public static void SyncFolder(string path)
    {
        var descriptor = Open(path, ReadOnlyFolder, 0);
        if (descriptor < 0)
            throw new IOException($"cannot open folder {path}", Marshal.GetLastPInvokeError());
        var failed = Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);

        // Some network file systems refuse to sync a folder (EINVAL): they are synchronous there anyway.
        if (failed && error != 22)
            throw new IOException($"cannot sync folder {path}", error);
    }

    /// <summary>True also for a process that is not ours to signal.</summary>
    public static bool IsAlive(int process) =>
        Kill(process, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint GroupId();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
