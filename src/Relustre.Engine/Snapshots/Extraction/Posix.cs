using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Relustre.Snapshots.Extraction;

/// <summary>The few system calls that .NET lacks, with names as raw bytes. None of them follows a link in the last place.</summary>
internal static partial class Posix
{
    private const int WriteOnly = 1, Create = 0x40, Exclusive = 0x80, NoFollow = 0x20000, CloseOnExec = 0x80000;
    private const int AtCurrentFolder = -100, AtNoFollow = 0x100;
    private const int FifoMode = 0x1000, CharacterMode = 0x2000, BlockMode = 0x6000;

    /// <summary>A new file, that only its owner can read until it is finished.</summary>
    public static SafeFileHandle CreateFile(string path)
    {
        var noFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : NoFollow;
        var handle = Open(Raw(path), WriteOnly | Create | Exclusive | noFollow | CloseOnExec, 0b110_000_000);
        return handle.IsInvalid ? throw Failure("create", path) : handle;
    }

    public static void MakeFolder(string path) => Try(MakeFolder(Raw(path), 0b111_000_000), "create the folder", path);

    public static void MakeSymlink(string target, string path) => Try(Symlink(Raw(target), Raw(path)), "create the link", path);

    public static void MakeHardLink(string existing, string path) => Try(Link(Raw(existing), Raw(path)), "link", path);

    public static void MakeFifo(string path) => Try(MakeNode(Raw(path), FifoMode | 0b110_000_000, 0), "create the fifo", path);

    public static void MakeDevice(string path, bool isBlock, ulong device) =>
        Try(MakeNode(Raw(path), (uint)(isBlock ? BlockMode : CharacterMode) | 0b110_000_000, device), "create the device", path);

    public static void SetOwner(string path, uint user, uint group) => Try(ChangeOwner(Raw(path), user, group), "give away", path);

    public static void SetMode(string path, int mode) => Try(ChangeMode(Raw(path), (uint)mode), "set the mode of", path);

    public static unsafe void SetAttribute(string path, string name, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
            Try(SetExtendedAttribute(Raw(path), Raw(name), bytes, (nuint)value.Length, 0), $"set {name} of", path);
    }

    public static void SetTime(string path, UnixTime modified)
    {
        long[] times = [modified.Seconds, modified.Nanoseconds, modified.Seconds, modified.Nanoseconds];
        Try(SetTimes(AtCurrentFolder, Raw(path), times, AtNoFollow), "set the time of", path);
    }

    private static byte[] Raw(string path) => [.. UnixPath.Encode(path), 0];

    private static void Try(int result, string what, string path)
    {
        if (result != 0)
            throw Failure(what, path);
    }

    private static IOException Failure(string what, string path)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"cannot {what} {path}: {error.Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial SafeFileHandle Open(byte[] path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    private static partial int MakeFolder(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true)]
    private static partial int Symlink(byte[] target, byte[] path);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true)]
    private static partial int Link(byte[] existing, byte[] path);

    [LibraryImport("libc", EntryPoint = "mknod", SetLastError = true)]
    private static partial int MakeNode(byte[] path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true)]
    private static partial int ChangeOwner(byte[] path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static partial int ChangeMode(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "lsetxattr", SetLastError = true)]
    private static unsafe partial int SetExtendedAttribute(byte[] path, byte[] name, byte* value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    private static partial int SetTimes(int folder, byte[] path, long[] times, int flags);
}
