namespace Relustre.Formats;

/// <summary>systemd's units: a key given twice is a list with an order (commands, resets), and names of other units are a set.</summary>
internal sealed class Units : Format
{
    private static readonly HashSet<string> sets =
    [
        "After", "Before", "Wants", "Requires", "Requisite", "BindsTo", "PartOf", "Upholds", "Conflicts", "WantedBy", "RequiredBy", "Also", "Alias",
    ];

    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from setting in Sections.Read(text)
        let name = setting.Key[(setting.Key.LastIndexOf('.') + 1)..]
        let value = sets.Contains(name) ? string.Join(' ', setting.Value.Words.Order(StringComparer.Ordinal)) : setting.Value
        select setting with { Value = value, Sequence = setting.Key };
}
