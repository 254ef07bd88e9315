using System.Buffers.Binary;
using System.Globalization;

namespace Relustre.Capture;

/// <summary>Turns an ACL's text, all that some tars can give, into the kernel's attribute <c>system.posix_acl_*</c>.</summary>
internal static class PosixAcl
{
    private const uint NoId = uint.MaxValue;

    /// <summary>Null: it names users or groups whose numbers <paramref name="idOf"/> does not know, or is no ACL.</summary>
    /// <param name="idOf">The number of a user (<c>u</c>) or group (<c>g</c>) by name.</param>
    public static byte[]? FromText(string text, Func<char, string, uint?> idOf)
    {
        var entries = new List<(ushort Tag, ushort Permissions, uint Id)>();
        foreach (var line in text.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith('#'))
                continue;
            if (Entry(line.Split('#')[0].Trim().Split(':'), idOf) is not { } entry)
                return null;
            entries.Add(entry);
        }
        return Bytes([.. entries.OrderBy(entry => entry.Tag).ThenBy(entry => entry.Id)]);
    }

    /// <summary>Whether it says no more than the mode does.</summary>
    public static bool IsMode(string text) => !text.Contains("mask:", StringComparison.Ordinal);

    private static (ushort, ushort, uint)? Entry(string[] fields, Func<char, string, uint?> idOf)
    {
        if (fields is not [{ Length: > 0 } kind, var name, var permissions, ..] || Permissions(permissions) is not { } bits)
            return null;
        var tag = (kind[0], name.Length > 0) switch
        {
            ('u', false) => 0x01,
            ('u', true) => 0x02,
            ('g', false) => 0x04,
            ('g', true) => 0x08,
            ('m', false) => 0x10,
            ('o', false) => 0x20,
            _ => 0,
        };
        var id = tag is 0x02 or 0x08 ? Id(kind[0], name, fields, idOf) : NoId;
        return tag == 0 || id is null ? null : ((ushort)tag, bits, id.Value);
    }

    // Some tars put the number into a fourth field.
    private static uint? Id(char kind, string name, string[] fields, Func<char, string, uint?> idOf) =>
        Number(fields.ElementAtOrDefault(3)) ?? Number(name) ?? idOf(kind, name);

    private static uint? Number(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ushort? Permissions(string text) => text.Length == 3 && text[0] is 'r' or '-' && text[1] is 'w' or '-' && text[2] is 'x' or '-'
        ? (ushort)((text[0] == 'r' ? 4 : 0) | (text[1] == 'w' ? 2 : 0) | (text[2] == 'x' ? 1 : 0))
        : null;

    private static byte[] Bytes(IReadOnlyList<(ushort Tag, ushort Permissions, uint Id)> entries)
    {
        var bytes = new byte[4 + 8 * entries.Count];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 2);
        for (var at = 0; at < entries.Count; at++)
        {
            var field = bytes.AsSpan(4 + 8 * at);
            BinaryPrimitives.WriteUInt16LittleEndian(field, entries[at].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(field[2..], entries[at].Permissions);
            BinaryPrimitives.WriteUInt32LittleEndian(field[4..], entries[at].Id);
        }
        return bytes;
    }
}
