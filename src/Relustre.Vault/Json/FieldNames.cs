using System.Text;

namespace Relustre.Vault.Json;

/// <summary>Every property name of the format, so that reading a million of them makes no strings.</summary>
internal static class FieldNames
{
    private static readonly string[] All =
    [
        "id", "version", "chunker_polynomial",
        "packs", "blobs", "type", "offset", "length", "uncompressed_length",
        "nodes", "name", "mode", "mtime", "atime", "ctime", "uid", "gid", "user", "group", "inode", "device_id", "size", "links",
        "linktarget", "linktarget_raw", "extended_attributes", "value", "device", "content", "subtree",
        "time", "parent", "tree", "paths", "hostname", "username", "excludes", "tags", "original", "program_version",
        "exclusive", "pid",
        "created", "kdf", "N", "r", "p", "salt", "data", "mac", "k", "encrypt",
    ];

    private static readonly string[][] ByLength =
        [.. Enumerable.Range(0, All.Max(name => name.Length) + 1).Select(length => All.Where(name => name.Length == length).ToArray())];

    /// <summary>The name itself, or the empty string for a stranger.</summary>
    public static string Known(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var known in ByLength[name.Length])
            {
                if (Ascii.Equals(name, known))
                    return known;
            }
        }

        return "";
    }
}
