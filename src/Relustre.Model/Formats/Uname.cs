namespace Relustre.Formats;

/// <summary>What <c>uname -snrm</c> prints: the system, the host's name, the kernel, the machine.</summary>
internal sealed class Uname : Format
{
    private static readonly string[] Names = ["system", "name", "kernel", "machine"];

    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from word in text.Words.Index() select new Setting(word.Index < Names.Length ? Names[word.Index] : "(other)", word.Item);
}
