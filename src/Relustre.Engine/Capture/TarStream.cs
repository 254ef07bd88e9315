using System.Buffers;

namespace Relustre.Capture;

/// <summary>
/// Reads a tar archive entry by entry, names and attributes as raw bytes (which System.Formats.Tar would lose), without
/// ever holding more than its limits allow. Whatever the bytes are, it ends: with an entry, the end, or an exception.
/// </summary>
internal sealed class TarStream(Stream input, TarLimits limits) : IDisposable
{
    private const int GlobalLimit = 64 * 1024;

    // What an entry claims as its size is believed up to here; beyond it memory is taken as bytes arrive.
    private const int Step = 1 << 20;

    private readonly byte[] block = new byte[TarHeader.Size];
    private readonly PaxRecords globals = new();

    private int entries;
    private int globalBytes;
    private long remaining;
    private long padding;
    private byte[] brief = [];

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>The next entry, passing over what is left of the one before; null: the end was reached.</summary>
    /// <exception cref="TarDamagedException">This is no tar archive, or one beyond the limits.</exception>
    public async ValueTask<TarEntry?> NextAsync(CancellationToken cancel)
    {
        var records = globals.Copy();
        var headerBytes = 0L;
        while (true)
        {
            await PassOverAsync(remaining + padding, cancel);
            (remaining, padding) = (0, 0);
            await FillAsync(block, cancel);
            if (!block.AsSpan().ContainsAnyExcept((byte)0))
                return null;
            var type = Begin();
            if (type is not ('x' or 'g' or 'L' or 'K' or 'V'))
                return Entry(type, records);
            if ((headerBytes += remaining + TarHeader.Size) > limits.HeaderBytes)
                throw Damaged("extended headers are too long");
            var text = await TakeAsync(cancel);
            switch (type)
            {
                case 'x': records.Add(text); break;
                case 'g': AddGlobals(text); records.Add(text); break;
                case 'L': records.SetPath(UntilNul(text)); break;
                case 'K': records.SetLinkTarget(UntilNul(text)); break;
                default: break;
            }
        }
    }

    /// <summary>The content of the entry that was returned last; it can be asked for once.</summary>
    public async ValueTask<byte[]> ContentAsync(CancellationToken cancel)
    {
        if (remaining > Math.Min(limits.ContentBytes, Array.MaxLength))
            throw Damaged($"an entry of {remaining} bytes is too large");
        return await TakeAsync(cancel);
    }

    /// <summary>The same for whoever is done with it before the next content is asked for, or this stream ends: all share one memory.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> BriefContentAsync(CancellationToken cancel)
    {
        if (remaining > Math.Min(limits.ContentBytes, Step))
            return await ContentAsync(cancel);
        if (brief.Length < remaining)
        {
            Dispose();
            brief = ArrayPool<byte>.Shared.Rent((int)remaining);
        }
        var content = brief.AsMemory(0, (int)remaining);
        await FillAsync(content, cancel);
        remaining = 0;
        return content;
    }

    /// <summary>After the end: reads on to the end of the record, which tar fills with zeros. What follows is somebody else's.</summary>
    public ValueTask PassOverPaddingAsync(int recordBytes, CancellationToken cancel)
    {
        // Two empty blocks end an archive; where the first one fills a record, the second begins another.
        var end = Position + TarHeader.Size;
        return PassOverAsync(TarHeader.Size + (recordBytes - end % recordBytes) % recordBytes, cancel);
    }

    public void Dispose()
    {
        if (brief.Length > 0)
            ArrayPool<byte>.Shared.Return(brief);
        brief = [];
    }

    // Every later entry carries them, so an archive full of them would cost their number squared.
    private void AddGlobals(byte[] text)
    {
        if ((globalBytes += text.Length) > GlobalLimit)
            throw Damaged("global headers are too long");
        globals.Add(text);
    }

    private char Begin()
    {
        var header = new TarHeader(block);
        if (!header.IsSound())
            throw Damaged("a header's checksum is wrong");
        SetSize(header.ContentSize);
        return header.Type;
    }

    private void SetSize(long size)
    {
        if (size is < 0 or > long.MaxValue / 2)
            throw Damaged("an entry has an impossible size");
        remaining = size;
        padding = (TarHeader.Size - size % TarHeader.Size) % TarHeader.Size;
    }

    private TarEntry Entry(char type, PaxRecords records)
    {
        if (++entries > limits.Entries)
            throw Damaged($"more than {limits.Entries} entries");
        var header = new TarHeader(block);
        if (records.IsSparse)
            throw Damaged("sparse entries are not supported");
        var path = records.Path ?? UnixPath.Decode(header.Name);
        var kind = KindOf(type, path);
        // What a link or folder claims as its size has no content behind it, but for POSIX's own hard links.
        SetSize(kind == FileKind.File && type != '1' ? records.Size ?? header.ContentSize : 0);
        return new TarEntry
        {
            Path = Limited(path.Length > 1 ? path.TrimEnd('/') : path),
            Kind = kind,
            IsHardLink = type == '1',
            Mode = header.Mode,
            UserId = (uint?)records.UserId ?? header.UserId,
            GroupId = (uint?)records.GroupId ?? header.GroupId,
            User = records.User ?? UnixPath.Decode(header.User),
            Group = records.Group ?? UnixPath.Decode(header.Group),
            Modified = records.Modified ?? new(header.Modified, 0),
            Size = remaining,
            LinkTarget = type is '1' or '2' ? Limited(records.LinkTarget ?? UnixPath.Decode(header.LinkName)) : null,
            DeviceNumber = type is '3' or '4' ? header.Device : null,
            Attributes = records.Attributes(),
            AccessAcl = records.AccessAcl,
            DefaultAcl = records.DefaultAcl,
        };
    }

    // Before POSIX, a folder was a file whose name ended with a slash.
    private FileKind KindOf(char type, string path) => type switch
    {
        '0' when path.EndsWith('/') => FileKind.Directory,
        '0' or '1' or '7' => FileKind.File,
        '2' => FileKind.Symlink,
        '3' => FileKind.CharacterDevice,
        '4' => FileKind.BlockDevice,
        '5' => FileKind.Directory,
        '6' => FileKind.Fifo,
        _ => throw Damaged($"an entry of the unknown type 0x{(int)type:x2}"),
    };

    private string Limited(string path) => path.Length is > 0 && path.Length <= limits.PathLength && !path.Contains('\0')
        ? path
        : throw Damaged($"a name of {path.Length} characters");

    private async ValueTask<byte[]> TakeAsync(CancellationToken cancel)
    {
        var content = new byte[Math.Min(remaining, Step)];
        var taken = 0;
        while (true)
        {
            await FillAsync(content.AsMemory(taken), cancel);
            remaining -= content.Length - taken;
            taken = content.Length;
            if (remaining == 0)
                return content;
            Array.Resize(ref content, (int)Math.Min(taken + remaining, Math.Min(taken * 2L, Array.MaxLength)));
        }
    }

    private async ValueTask PassOverAsync(long bytes, CancellationToken cancel)
    {
        if (bytes == 0)
            return;
        var waste = ArrayPool<byte>.Shared.Rent((int)Math.Min(bytes, 64 * 1024));
        try
        {
            for (; bytes > 0; bytes -= Math.Min(bytes, waste.Length))
                await FillAsync(waste.AsMemory(0, (int)Math.Min(bytes, waste.Length)), cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(waste);
        }
    }

    private async ValueTask FillAsync(Memory<byte> memory, CancellationToken cancel)
    {
        var count = await input.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancel);
        Position += count;
        if (count < memory.Length)
            throw Damaged("it ends too early");
    }

    private TarDamagedException Damaged(string what) => new($"not a sound tar stream: {what} (at byte {Position})");

    private static ReadOnlySpan<byte> UntilNul(ReadOnlySpan<byte> text) => text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text;
}
