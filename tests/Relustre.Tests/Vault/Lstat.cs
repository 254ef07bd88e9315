using System.Runtime.InteropServices;

namespace Relustre.Tests.Vault;

/// <summary>Names and attributes as raw bytes, which .NET's own file API cannot give.</summary>
internal static unsafe partial class Lstat
{
    public static byte[]? Attribute(byte[] path, byte[] name)
    {
        var buffer = new byte[4096];
        fixed (byte* at = path, wanted = name, value = buffer)
        {
            var size = GetAttribute(at, wanted, value, (nuint)buffer.Length);
            return size < 0 ? null : buffer[..(int)size];
        }
    }

    public static List<byte[]> Attributes(byte[] path)
    {
        var buffer = new byte[4096];
        nint size;
        fixed (byte* at = path, list = buffer)
            size = ListAttributes(at, list, (nuint)buffer.Length);
        var names = new List<byte[]>();
        for (var start = 0; start < size;)
        {
            var length = buffer.AsSpan(start).IndexOf((byte)0);
            names.Add(buffer[start..(start + length)]);
            start += length + 1;
        }

        return names;
    }

    public static byte[] Read(byte[] path)
    {
        int descriptor;
        fixed (byte* at = path)
            descriptor = Open(at, 0);
        using var file = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        var content = new byte[RandomAccess.GetLength(file)];
        for (var done = 0; done < content.Length;)
            done += RandomAccess.Read(file, content.AsSpan(done), done);
        return content;
    }

    [LibraryImport("libc", EntryPoint = "lgetxattr")]
    private static partial nint GetAttribute(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "llistxattr")]
    private static partial nint ListAttributes(byte* path, byte* list, nuint size);

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);
}
