namespace Relustre.Formats;

/// <summary>grub.conf of EL6: the menu's entries by their titles. A word that is no command may be anything, so it is no key.</summary>
internal sealed class GrubMenu : Format
{
    private static readonly HashSet<string> commands =
    [
        "default", "fallback", "timeout", "splashimage", "hiddenmenu", "password", "serial", "terminal", "root", "rootnoverify", "kernel",
        "initrd", "module", "chainloader", "configfile", "lock", "map", "makeactive", "boot",
    ];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var entry = 0;
        foreach (var line in text.TrimmedLines.Where(line => !line.IsComment))
        {
            var at = line.AsSpan().IndexOfAny(" \t=");
            var (word, value) = at < 0 ? (line, "") : (line[..at], string.Join(' ', line[at..].TrimStart(' ', '\t', '=').Words));
            entry += word == "title" ? 1 : 0;
            var key = word == "title" ? "title" : commands.Contains(word) ? word : "(other)";
            yield return new Setting(entry == 0 ? key : $"entry {entry} {key}", value) { Sequence = $"{entry}" };
        }
    }
}
