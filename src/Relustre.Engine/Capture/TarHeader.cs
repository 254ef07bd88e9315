using System.Buffers.Binary;

namespace Relustre.Capture;

/// <summary>The fields of one 512-byte tar header: ustar, GNU or older.</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    private readonly ReadOnlySpan<byte> block = block;

    public const int Size = 512;

    public char Type => block[156] == 0 ? '0' : (char)block[156];

    public long ContentSize => Number(124, 12);

    public int Mode => (int)(Number(100, 8) & 0xFFF);

    public uint UserId => Id(108);

    public uint GroupId => Id(116);

    public long Modified => Number(136, 12);

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    public ReadOnlySpan<byte> User => IsUstar || IsGnu ? Text(265, 32) : default;

    public ReadOnlySpan<byte> Group => IsUstar || IsGnu ? Text(297, 32) : default;

    public (uint Major, uint Minor) Device => ((uint)Number(329, 8), (uint)Number(337, 8));

    public byte[] Name => IsUstar && block[345] != 0
        ? [.. Text(345, 155), (byte)'/', .. Text(0, 100)]
        : Text(0, 100).ToArray();

    private bool IsUstar => block[257..263].SequenceEqual("ustar\0"u8);

    private bool IsGnu => block[257..263].SequenceEqual("ustar "u8);

    /// <summary>Whether the checksum holds; some old tars summed signed bytes.</summary>
    public bool IsSound()
    {
        long unsigned = 8 * ' ', signed = 8 * ' ';
        for (var at = 0; at < Size; at++)
        {
            if (at is >= 148 and < 156)
                continue;
            unsigned += block[at];
            signed += (sbyte)block[at];
        }
        var sum = Octal(block[148..156]);
        return sum == unsigned || sum == signed;
    }

    private uint Id(int at) => Number(at, 8) is >= 0 and <= uint.MaxValue and var id ? (uint)id : throw new TarDamagedException("an owner's number is out of range");

    private ReadOnlySpan<byte> Text(int at, int length)
    {
        var field = block.Slice(at, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    // Large numbers are binary, marked by the first bit.
    private long Number(int at, int length)
    {
        var field = block.Slice(at, length);
        if ((field[0] & 0x80) == 0)
            return Octal(field) ?? throw new TarDamagedException("a number in a header is none");
        Span<byte> wide = stackalloc byte[16];
        wide.Fill((field[0] & 0x40) != 0 ? (byte)0xFF : (byte)0);
        field.CopyTo(wide[(16 - length)..]);
        wide[16 - length] = (byte)((field[0] & 0x40) != 0 ? field[0] : field[0] & 0x7F);
        var value = BinaryPrimitives.ReadInt128BigEndian(wide);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new TarDamagedException("a number in a header is too large");
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        var end = digits.IndexOfAny((byte)' ', (byte)0);
        if (end >= 0)
            digits = digits[..end];
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value >> 60 != 0)
                return null;
            value = value * 8 + (digit - '0');
        }
        return value;
    }
}
