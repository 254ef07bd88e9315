namespace Relustre.Formats;

/// <summary>Fields divided by colons, the first of which is the key: passwd, group, shadow, subuid.</summary>
internal sealed class Colons : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from fields in Rows(text)
        select new Setting(NameIn(fields[0]), string.Join(':', fields.Skip(1))) { IsSecret = HasHash(fields) };

    public static IEnumerable<string[]> Rows(string text) =>
        from line in text.TrimmedLines where !line.IsComment select line.Split(':');

    // Keys are shown, and in a damaged shadow file the first field may be the hash.
    private static string NameIn(string field) =>
        field.Length is > 0 and <= 64 && field.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-' or '.' or '@' or '+')
            ? field
            : "(no name)";

    // A password hash right in passwd or group: forgotten by the shadow suite, and still valid.
    private static bool HasHash(string[] fields) => fields.Length > 2 && fields[1].Length > 2 && !fields[1].All(char.IsAsciiDigit);
}
