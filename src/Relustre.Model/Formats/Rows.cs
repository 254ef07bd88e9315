namespace Relustre.Formats;

/// <summary>Tables of words, a row a line that is no comment: what <paramref name="read"/> makes of each; null: it says nothing.</summary>
internal sealed class Rows(Func<string[], Setting?> read) : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from words in Formats.Lines.Rows(text)
        let setting = read(words)
        where setting is not null
        select setting.Value;

    /// <summary>A member of a list: that it is there is all that it says.</summary>
    public static Setting Item(string[] words) => new(string.Join(' ', words), "there");

    /// <summary>The first <paramref name="count"/> words tell what the row is about.</summary>
    public static Setting Keyed(string[] words, int count) => new(string.Join(' ', words.Take(count)), string.Join(' ', words.Skip(count)));
}
