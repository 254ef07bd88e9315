namespace Relustre.Formats;

/// <summary>sshd_config and ssh_config: keywords in any case, and Match or Host blocks that hold until the next one.</summary>
internal sealed class SshOptions : Format
{
    private static readonly char[] Dividers = [' ', '\t', '='];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var block = "";
        foreach (var line in text.TrimmedLines.Where(line => !line.IsComment))
        {
            var at = line.IndexOfAny(Dividers);
            var key = (at < 0 ? line : line[..at]).ToLowerInvariant();
            var value = at < 0 ? "" : string.Join(' ', line[(at + 1)..].TrimStart(' ', '\t', '=').Words);
            if (key is "match" or "host")
                block = $"{key} {value}.";
            else
                yield return new Setting(block + key, value);
        }
    }
}
