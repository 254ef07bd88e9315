using System.Buffers.Binary;

namespace Relustre.Steps;

/// <summary>An access control list as the kernel keeps it in an attribute, in the words of setfacl.</summary>
internal static class PosixAcl
{
    public const string Access = "system.posix_acl_access";

    /// <summary>Null: this is no list that we know.</summary>
    public static string? TextOf(ReadOnlySpan<byte> value)
    {
        if (value.Length < 4 || value.Length % 8 != 4 || BinaryPrimitives.ReadUInt32LittleEndian(value) != 2)
            return null;
        var entries = new List<string>();
        for (var at = 4; at < value.Length; at += 8)
        {
            var rights = BinaryPrimitives.ReadUInt16LittleEndian(value[(at + 2)..]);
            if (Who(BinaryPrimitives.ReadUInt16LittleEndian(value[at..]), BinaryPrimitives.ReadUInt32LittleEndian(value[(at + 4)..])) is not { } who)
                return null;
            entries.Add($"{who}:{Letter(rights, 4, 'r')}{Letter(rights, 2, 'w')}{Letter(rights, 1, 'x')}");
        }
        return entries.Count == 0 ? null : string.Join(',', entries);
    }

    private static string? Who(int tag, uint id) => tag switch
    {
        0x01 => "u:",
        0x02 => $"u:{id}",
        0x04 => "g:",
        0x08 => $"g:{id}",
        0x10 => "m:",
        0x20 => "o:",
        _ => null,
    };

    private static char Letter(int rights, int bit, char letter) => (rights & bit) != 0 ? letter : '-';
}
