namespace Relustre.Formats;

/// <summary>group and gshadow: the order of members says nothing.</summary>
internal sealed class Groups : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from setting in Colons.Read(text) select setting with { Value = Sorted(setting.Value) };

    private static string Sorted(string value)
    {
        var at = value.LastIndexOf(':');
        return value[..(at + 1)] + string.Join(',', value[(at + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));
    }
}
