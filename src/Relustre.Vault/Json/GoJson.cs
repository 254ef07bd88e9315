using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Base64Text = System.Buffers.Text.Base64;

namespace Relustre.Vault.Json;

/// <summary>
/// Writes JSON byte for byte as Go's encoder does. Trees are addressed by their bytes, so an escape written
/// differently would be another tree, and restic would refuse to rewrite it.
/// </summary>
internal sealed class GoJson
{
    private readonly ArrayBufferWriter<byte> output = new(4096);

    public ReadOnlySpan<byte> Written => output.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => output.WrittenMemory;

    public GoJson Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        return this;
    }

    public GoJson Number(ulong number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var size);
        output.Advance(size);
        return this;
    }

    public GoJson Id(BlobId id)
    {
        Raw("\""u8);
        id.CopyHexTo(output.GetSpan(BlobId.HexSize)[..BlobId.HexSize]);
        output.Advance(BlobId.HexSize);
        return Raw("\""u8);
    }

    public GoJson Base64(ReadOnlySpan<byte> bytes)
    {
        Raw("\""u8);
        Base64Text.EncodeToUtf8(bytes, output.GetSpan(Base64Size(bytes.Length)), out _, out var size);
        output.Advance(size);
        return Raw("\""u8);
    }

    public GoJson Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>A string; what is not UTF-8 becomes U+FFFD, as in Go.</summary>
    public GoJson Text(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAnyExcept(Plain);
            if (plain < 0)
                plain = utf8.Length;
            if (plain > 0)
            {
                Raw(utf8[..plain]);
                utf8 = utf8[plain..];
                continue;
            }

            var status = Rune.DecodeFromUtf8(utf8, out var rune, out var size);
            if (status != OperationStatus.Done)
            {
                // Go replaces each byte by itself; .NET would swallow several.
                Raw("\\ufffd"u8);
                utf8 = utf8[1..];
                continue;
            }

            Escape(rune, utf8[..size]);
            utf8 = utf8[size..];
        }

        return Raw("\""u8);
    }

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x60).Select(value => (byte)value).Except("\"\\<>&"u8.ToArray())]);

    private static int Base64Size(int length) => Base64Text.GetMaxEncodedToUtf8Length(length);

    private void Escape(Rune rune, ReadOnlySpan<byte> utf8)
    {
        switch (rune.Value)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\f': Raw("\\f"u8); break;
            case < 0x20 or '<' or '>' or '&' or 0x2028 or 0x2029:
                Raw(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")));
                break;
            default: Raw(utf8); break;
        }
    }
}
