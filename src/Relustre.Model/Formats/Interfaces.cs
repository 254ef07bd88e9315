namespace Relustre.Formats;

/// <summary>Debian's interfaces: what stands below <c>iface NAME</c> is that interface's.</summary>
internal sealed class Interfaces : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var stanza = "";
        foreach (var words in Formats.Lines.Rows(text))
        {
            var starts = words[0] is "iface" or "auto" or "mapping" or "source" or "source-directory" || words[0].StartsWith("allow-", StringComparison.Ordinal);
            if (starts)
                stanza = words is ["iface", var name, ..] ? $"{name} {(words.Length > 2 ? words[2] + "." : "")}" : "";
            var value = string.Join(' ', words.Skip(1));
            yield return words is ["iface", var device, _, .. var method]
                ? new Setting($"{device} {words[2]}", string.Join(' ', method))
                : new Setting(starts ? words[0] : stanza + words[0], value);
        }
    }
}
