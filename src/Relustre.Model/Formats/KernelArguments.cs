namespace Relustre.Formats;

/// <summary>A kernel's command line: a word is a setting; of one that comes twice (console=) the order counts.</summary>
internal sealed class KernelArguments : Format
{
    public override IEnumerable<Setting> Read(string text) =>
        from word in text.Words
        let parts = word.Split('=', 2)
        select new Setting(parts[0], parts.Length == 2 ? parts[1] : "there") { Sequence = parts[0], IsSecret = SecretText.IsNamed(parts[0]) || SecretText.IsIn(word) };
}
