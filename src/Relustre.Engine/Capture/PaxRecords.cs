using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Relustre.Capture;

/// <summary>An extended header's records, "LENGTH KEY=VALUE\n" each: what does not fit into a plain tar header.</summary>
internal sealed class PaxRecords
{
    private const string AttributePrefix = "SCHILY.xattr.";

    private readonly Dictionary<string, byte[]> values = new(StringComparer.Ordinal);

    public string? Path => Name("path");

    public string? LinkTarget => Name("linkpath");

    public string? User => Name("uname");

    public string? Group => Name("gname");

    public string? AccessAcl => Name("SCHILY.acl.access");

    public string? DefaultAcl => Name("SCHILY.acl.default");

    public long? Size => Number("size");

    public long? UserId => Number("uid");

    public long? GroupId => Number("gid");

    public UnixTime? Modified => values.TryGetValue("mtime", out var value)
        ? UnixTimeText.Parse(value) ?? throw new TarDamagedException("a time in an extended header is none")
        : null;

    public bool IsSparse => values.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal));

    public IReadOnlyList<ExtendedAttribute> Attributes() =>
    [
        .. from record in values
           where record.Key.StartsWith(AttributePrefix, StringComparison.Ordinal)
           select new ExtendedAttribute(AttributeName(record.Key[AttributePrefix.Length..]), record.Value) into attribute
           orderby attribute.Name
           select attribute,
        .. SecurityLabel(),
    ];

    /// <summary>Takes over the records in <paramref name="text"/>; later ones win, an empty value takes one back.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (!Utf8Parser.TryParse(text, out int length, out var digits) || digits >= length || length > text.Length
                || text[digits] != ' ' || text[length - 1] != '\n')
                throw new TarDamagedException("an extended header is broken");
            var record = text[(digits + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
                throw new TarDamagedException("an extended header has a record without a key");
            var key = UnixPath.Decode(record[..equals]);
            if (equals + 1 < record.Length || key.StartsWith(AttributePrefix, StringComparison.Ordinal))
                values[key] = record[(equals + 1)..].ToArray();
            else
                values.Remove(key);
            text = text[length..];
        }
    }

    public PaxRecords Copy()
    {
        var copy = new PaxRecords();
        foreach (var (key, value) in values)
            copy.values[key] = value;
        return copy;
    }

    public void SetPath(ReadOnlySpan<byte> name) => values["path"] = name.ToArray();

    public void SetLinkTarget(ReadOnlySpan<byte> name) => values["linkpath"] = name.ToArray();

    // --selinux writes the label as text; the kernel's own form ends with NUL.
    private IEnumerable<ExtendedAttribute> SecurityLabel() =>
        values.TryGetValue("RHT.security.selinux", out var label) && !values.ContainsKey(AttributePrefix + "security.selinux")
            ? [new("security.selinux", (byte[])[.. label.AsSpan().TrimEnd((byte)0), 0])]
            : [];

    // GNU tar escapes the two signs that a keyword cannot hold.
    private static string AttributeName(string key) =>
        key.Replace("%3D", "=", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private string? Name(string key) => values.TryGetValue(key, out var value) ? UnixPath.Decode(value) : null;

    private long? Number(string key) => !values.TryGetValue(key, out var value)
        ? null
        : long.TryParse(Encoding.ASCII.GetString(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new TarDamagedException($"the {key} in an extended header is none");
}
