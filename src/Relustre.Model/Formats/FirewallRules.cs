namespace Relustre.Formats;

/// <summary>What iptables-save prints: each chain is a list in which the first rule that fits counts; counters are nobody's configuration.</summary>
internal sealed class FirewallRules : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var table = "";
        foreach (var line in text.JoinedLines.Select(WithoutCounters).Where(line => !line.IsComment))
        {
            var words = line.Words;
            if (words is [['*', .. var name], ..])
                table = name;
            else if (words is [[':', .. var chain], ..])
                yield return new Setting(Key(table, chain, " policy"), words.Length > 1 ? words[1] : "");
            else if (words is ["-A" or "--append", var rules, .. var rule])
                yield return new Setting(Key(table, rules, ""), string.Join(' ', rule)) { Sequence = Key(table, rules, "") };
            else if (words[0] != "COMMIT")
                yield return new Setting(Key(table, "(other)", ""), string.Join(' ', words)) { Sequence = table };
        }
    }

    private static string Key(string table, string chain, string what) => $"{(table.Length == 0 ? "" : table + " ")}{chain}{what}";

    // "[12:3456] -A INPUT …" and ":INPUT ACCEPT [12:3456]".
    private static string WithoutCounters(string line)
    {
        var trimmed = line.Trim();
        if (trimmed.StartsWith('[') && trimmed.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            return trimmed[(end + 1)..].Trim();
        return trimmed is [':', .., ']'] && trimmed.LastIndexOf('[') is > 0 and var start ? trimmed[..start].Trim() : trimmed;
    }
}
