using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Relustre.Vault;

/// <summary>The address of a blob, a snapshot or a stored file: the SHA-256 of its bytes.</summary>
public readonly record struct BlobId : IComparable<BlobId>
{
    public const int Size = 32;
    public const int HexSize = 64;

    // Four numbers instead of an array: no allocation, and a dictionary compares them in a few instructions.
    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    public BlobId(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The first eight digits: enough for people to tell snapshots apart.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the word that restic's users know.")]
    public string Short => ToString()[..8];

    public static BlobId Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return new BlobId(hash);
    }

    public static BlobId Parse(string hex) =>
        TryParse(hex, out var id) ? id : throw new FormatException($"'{hex}' is not an id of 64 hexadecimal digits");

    public static bool TryParse(ReadOnlySpan<char> hex, out BlobId id)
    {
        Span<byte> ascii = stackalloc byte[HexSize];
        id = default;
        return hex.Length == HexSize && Encoding.UTF8.TryGetBytes(hex, ascii, out _) && TryParse(ascii, out id);
    }

    public static bool TryParse(ReadOnlySpan<byte> hex, out BlobId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        id = default;
        if (hex.Length != HexSize
            || Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        id = new BlobId(bytes);
        return true;
    }

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], fourth);
    }

    /// <summary>Writes the 64 digits as ASCII.</summary>
    public void CopyHexTo(Span<byte> ascii)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        Convert.TryToHexStringLower(bytes, ascii, out _);
    }

    public int CompareTo(BlobId other) => (first, second, third, fourth)
        .CompareTo((other.first, other.second, other.third, other.fourth));

    public static bool operator <(BlobId left, BlobId right) => left.CompareTo(right) < 0;

    public static bool operator <=(BlobId left, BlobId right) => left.CompareTo(right) <= 0;

    public static bool operator >(BlobId left, BlobId right) => left.CompareTo(right) > 0;

    public static bool operator >=(BlobId left, BlobId right) => left.CompareTo(right) >= 0;

    public override int GetHashCode() => (int)first;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
