namespace Relustre.Formats;

/// <summary>resolv.conf: servers are asked in their order, and only among themselves; of search and domain the last one counts.</summary>
internal sealed class Resolver : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var rows = Formats.Lines.Rows(text).ToList();
        var search = rows.LastOrDefault(words => words[0] is "search" or "domain");
        return
        [
            .. from words in rows
               where words[0] is not ("search" or "domain") || ReferenceEquals(words, search)
               let isServer = words[0] == "nameserver"
               let value = words[0] == "options" ? words.Skip(1).Order(StringComparer.Ordinal) : words.Skip(1)
               select new Setting(words[0], string.Join(' ', value)) { Sequence = isServer ? "nameserver" : null },
        ];
    }
}
