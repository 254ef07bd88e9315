namespace Relustre.Formats;

/// <summary>What <c>zpool status</c> prints: each pool's state and that of its devices, without the count of their errors.</summary>
internal sealed class ZpoolStatus : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var (pool, key) = ("", "");
        foreach (var line in text.TrimmedLines)
        {
            var words = line.Words;
            if (line.StartsWith("pool:", StringComparison.Ordinal))
                (pool, key) = (words.ElementAtOrDefault(1) ?? "", "");
            else if (words[0] is "state:" or "status:" or "action:" or "see:" or "errors:" or "config:" or "scan:")
            {
                key = words[0].TrimEnd(':');
                if (key is not ("config" or "scan"))
                    yield return new Setting($"{pool} {key}", string.Join(' ', words.Skip(1)));
            }
            else if (key == "config" && words[0] != "NAME")
                yield return new Setting($"{pool} device {words[0]}", words.ElementAtOrDefault(1) ?? "there");
        }
    }
}
