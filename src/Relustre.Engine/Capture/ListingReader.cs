using System.Buffers.Text;
using System.Security.Cryptography;

namespace Relustre.Capture;

/// <summary>Reads a listing as the collector's find prints it, and refuses one without end.</summary>
internal sealed class ListingReader(SessionStream stream, CaptureLimits limits)
{
    /// <summary>All entries in the server's order, repetitions included, and what find complained of.</summary>
    public async Task<(List<ListedFile> Entries, string Complaint)> ReadAsync(CancellationToken cancel)
    {
        var entries = new List<ListedFile>();
        var begin = stream.Received;
        while (await FieldAsync(cancel) is not [(byte)'.'] and var numbers)
        {
            var path = Unmarked(await FieldAsync(cancel));
            var target = await FieldAsync(cancel);
            if (entries.Count == limits.Entries)
                throw stream.Broken($"listed more than {limits.Entries} entries; narrow the site's own paths, or allow more (site.yaml, limits: files)");
            if (stream.Received - begin > limits.ListingBytes)
                throw stream.Broken($"sent a listing of more than {limits.ListingBytes >> 20} MiB; narrow the site's own paths, or allow more (site.yaml, limits: listing-size)");
            if (Entry(numbers, path, target) is { } entry)
                entries.Add(entry with { Fingerprint = Print(numbers, path, target) });
        }
        return (entries, UnixPath.Decode(await stream.ReadUntilAsync(0, limit: 128 * 1024, cancel)));
    }

    // A folder that is wanted whole is named with one more dot; one listed twice must look the same.
    private static byte[] Unmarked(byte[] path) => path.AsSpan().StartsWith("././"u8) ? path[2..] : path;

    private ValueTask<byte[]> FieldAsync(CancellationToken cancel) => stream.ReadUntilAsync(0, limits.PathLength + 2, cancel);

    // Kinds that find does not know either (doors, whiteouts) are nothing that can be captured.
    private ListedFile? Entry(ReadOnlySpan<byte> numbers, byte[] path, byte[] target)
    {
        var kind = numbers.IsEmpty ? null : KindOf(numbers[0]);
        var fields = new Numbers(numbers.Length < 2 ? default : numbers[2..]);
        var entry = new ListedFile
        {
            Kind = kind ?? FileKind.File,
            Path = AbsolutePath(path),
            Mode = fields.Octal(),
            UserId = (uint)fields.Next(uint.MaxValue),
            GroupId = (uint)fields.Next(uint.MaxValue),
            Size = (long)fields.Next(long.MaxValue),
            Modified = fields.Time(),
            Changed = fields.Time(),
            Links = (uint)fields.Next(uint.MaxValue),
            Device = fields.Next(ulong.MaxValue),
            Inode = fields.Next(ulong.MaxValue),
            LinkTarget = kind == FileKind.Symlink ? UnixPath.Decode(target) : null,
        };
        if (!fields.AreSound)
            throw stream.Broken("sent a listing that makes no sense");
        return kind is null ? null : entry;
    }

    private static FileKind? KindOf(byte sign) => sign switch
    {
        (byte)'f' => FileKind.File,
        (byte)'d' => FileKind.Directory,
        (byte)'l' => FileKind.Symlink,
        (byte)'p' => FileKind.Fifo,
        (byte)'b' => FileKind.BlockDevice,
        (byte)'c' => FileKind.CharacterDevice,
        _ => null,
    };

    private string AbsolutePath(byte[] path)
    {
        var text = UnixPath.Decode(path);
        if (text == ".")
            return "/";
        if (!text.StartsWith("./", StringComparison.Ordinal) || HasOddName(text.AsSpan(2)))
            throw stream.Broken($"listed the path '{Hosts.Harmless.Text(text)}', which is none below its root");
        return text[1..];
    }

    private static bool HasOddName(ReadOnlySpan<char> path)
    {
        foreach (var name in path.Split('/'))
        {
            if (path[name] is "" or "." or "..")
                return true;
        }
        return false;
    }

    private static string Print(byte[] numbers, byte[] path, byte[] target)
    {
        byte[] record = [.. numbers, 0, .. path, 0, .. target];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>The numbers of one entry, one after the other; the first that is none spoils all.</summary>
    private ref struct Numbers(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> rest = text;

        public bool AreSound { get; private set; } = true;

        public ulong Next(ulong most) =>
            Utf8Parser.TryParse(Word(), out ulong number, out _) && number <= most ? number : Spoilt<ulong>();

        public int Octal()
        {
            var mode = 0;
            foreach (var digit in Word())
            {
                if (digit is < (byte)'0' or > (byte)'7' || mode > 0x1FF)
                    return Spoilt<int>();
                mode = mode * 8 + (digit - '0');
            }
            return mode;
        }

        public UnixTime Time() => UnixTimeText.Parse(Word()) ?? Spoilt<UnixTime>();

        private ReadOnlySpan<byte> Word()
        {
            var end = rest.IndexOf((byte)' ');
            var word = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (word.IsEmpty)
                AreSound = false;
            return word;
        }

        private T Spoilt<T>()
            where T : struct
        {
            AreSound = false;
            return default;
        }
    }
}
