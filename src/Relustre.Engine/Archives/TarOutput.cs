using System.Globalization;
using System.Text;

namespace Relustre.Archives;

/// <summary>
/// Writes a tar archive that GNU tar 1.23 and all later ones read: names are raw bytes, long ones as GNU has them, and what else does not
/// fit into a plain header stands in an extended one (System.Formats.Tar would lose names that are not UTF-8).
/// </summary>
internal sealed class TarOutput(Stream output)
{
    private const int BlockSize = 512;
    private const int RecordSize = 20 * BlockSize;
    private const int NameSize = 100;

    private long position;

    /// <summary>Writes <paramref name="file"/> under another <paramref name="name"/>.</summary>
    public async Task AddAsync(string name, CapturedFile file, CancellationToken cancel)
    {
        var path = UnixPath.Encode(file.Kind == FileKind.Directory ? name + "/" : name);
        var target = UnixPath.Encode(file.LinkTarget ?? "");
        if (Extended(file) is { Length: > 0 } records)
            await AddAsync(Header("././@PaxHeader"u8, default, 'x', records.Length), records, cancel);
        if (target.Length > NameSize)
            await AddAsync(Header("././@LongLink"u8, default, 'K', target.Length + 1), (byte[])[.. target, 0], cancel);
        if (path.Length > NameSize)
            await AddAsync(Header("././@LongLink"u8, default, 'L', path.Length + 1), (byte[])[.. path, 0], cancel);
        await AddAsync(Header(path, target, file), file.Kind == FileKind.File ? file.Content : default, cancel);
    }

    /// <summary>Marks the end; what follows in the stream is no part of the archive.</summary>
    public Task EndAsync(CancellationToken cancel)
    {
        var end = 2 * BlockSize;
        return WriteAsync(new byte[end + (RecordSize - (position + end) % RecordSize) % RecordSize], cancel);
    }

    private async Task AddAsync(byte[] header, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await WriteAsync(header, cancel);
        await WriteAsync(content, cancel);
        await WriteAsync(new byte[(BlockSize - content.Length % BlockSize) % BlockSize], cancel);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await output.WriteAsync(bytes, cancel);
        position += bytes.Length;
    }

    private static byte[] Header(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, CapturedFile file)
    {
        var block = Header(path, target, TypeOf(file.Kind), file.Kind == FileKind.File ? file.Content.Length : 0);
        Number(block.AsSpan(100, 8), file.Mode);
        Number(block.AsSpan(108, 8), file.UserId);
        Number(block.AsSpan(116, 8), file.GroupId);
        Number(block.AsSpan(136, 12), file.Modified.Seconds);
        Text(block.AsSpan(265, 31), UnixPath.Encode(file.User));
        Text(block.AsSpan(297, 31), UnixPath.Encode(file.Group));
        Number(block.AsSpan(329, 8), file.DeviceNumber?.Major ?? 0);
        Number(block.AsSpan(337, 8), file.DeviceNumber?.Minor ?? 0);
        return Summed(block);
    }

    private static byte[] Header(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, char type, long size)
    {
        var block = new byte[BlockSize];
        Text(block.AsSpan(0, NameSize), path);
        Number(block.AsSpan(100, 8), 0x1A4);
        Number(block.AsSpan(108, 8), 0);
        Number(block.AsSpan(116, 8), 0);
        Number(block.AsSpan(124, 12), size);
        Number(block.AsSpan(136, 12), 0);
        block[156] = (byte)type;
        Text(block.AsSpan(157, NameSize), target);
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        return Summed(block);
    }

    private static byte[] Summed(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        var sum = block.Sum(one => one);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(block.AsSpan(148));
        return block;
    }

    private static void Text(Span<byte> field, ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, field.Length)].CopyTo(field);

    // Octal where it fits, else binary with the first bit set, as GNU tar does.
    private static void Number(Span<byte> field, long value)
    {
        field.Clear();
        var digits = Convert.ToString(value, 8);
        if (value >= 0 && digits.Length < field.Length)
        {
            Encoding.ASCII.GetBytes(digits.PadLeft(field.Length - 1, '0')).CopyTo(field);
            return;
        }
        for (var at = field.Length - 1; at >= 0; at--, value >>= 8)
            field[at] = (byte)value;
        field[0] |= 0x80;
    }

    private static char TypeOf(FileKind kind) => kind switch
    {
        FileKind.Symlink => '2',
        FileKind.CharacterDevice => '3',
        FileKind.BlockDevice => '4',
        FileKind.Directory => '5',
        FileKind.Fifo => '6',
        _ => '0',
    };

    private static byte[] Extended(CapturedFile file) =>
    [
        .. !HasFraction(file.Modified) ? [] : Record("mtime", Encoding.ASCII.GetBytes(Time(file.Modified))),
        .. file.Attributes.SelectMany(attribute => Record($"SCHILY.xattr.{Keyword(attribute.Name)}", attribute.Value.Span)),
    ];

    // Before 1970, some readers take the fraction as counting forward, others as counting away from zero: whole seconds are safe.
    private static bool HasFraction(UnixTime time) => time is { Seconds: >= 0, Nanoseconds: > 0 };

    private static string Time(UnixTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}.{time.Nanoseconds:D9}");

    private static string Keyword(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal);

    // "LENGTH KEY=VALUE\n", where the length counts its own digits.
    private static byte[] Record(string key, ReadOnlySpan<byte> value)
    {
        byte[] rest = [(byte)' ', .. UnixPath.Encode(key), (byte)'=', .. value, (byte)'\n'];
        var length = rest.Length;
        while (length != rest.Length + $"{length}".Length)
            length = rest.Length + $"{length}".Length;
        return [.. Encoding.ASCII.GetBytes($"{length}"), .. rest];
    }
}
