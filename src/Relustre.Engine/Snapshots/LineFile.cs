using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Relustre.Snapshots;

/// <summary>
/// Files of lines that grow at their end. Several programs may append at the same moment: the system places each write behind
/// all others, which .NET's own way of appending does not ask it to.
/// </summary>
internal static partial class LineFile
{
    private const int WriteOnly = 0x1, Create = 0x40, Append = 0x400, CloseOnExecute = 0x80000;

    private const int OwnerOnly = 0b110_000_000;

    /// <summary>Appends whole lines in one write, and waits until they are on disk.</summary>
    /// <exception cref="IOException">They could not be written; what came of it is passed over by whoever reads.</exception>
    public static void Add(string path, IEnumerable<byte[]> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // A file lies in a folder.
        using var file = Open(path, WriteOnly | Create | Append | CloseOnExecute, OwnerOnly);
        if (file.IsInvalid)
            throw Failure(path);
        // A line that a crash cut short must not swallow the next one, so every write begins on a line of its own.
        byte[] text = [(byte)'\n', .. lines.SelectMany(line => line.Append((byte)'\n'))];
        if (Write(file, text, text.Length) != text.Length)
            throw Failure(path);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>All lines that are not empty; none where there is no such file.</summary>
    public static IEnumerable<string> Read(string path) => File.Exists(path) ? File.ReadLines(path).Where(line => line.Length > 0) : [];

    private static IOException Failure(string path) =>
        new($"{path} cannot be written: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, byte[] bytes, nint count);
}
