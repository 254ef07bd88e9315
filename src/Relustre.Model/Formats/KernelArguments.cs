namespace Relustre.Formats;

/// <summary>A kernel's command line: a word is a setting; of one that comes twice (console=) the order counts.</summary>
internal sealed class KernelArguments : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from word in text.Words
        let parts = word.Split('=', 2)
        select new Setting(parts[0], parts.Length == 2 ? parts[1] : "there") { Sequence = parts[0] };
}
