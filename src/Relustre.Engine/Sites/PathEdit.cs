namespace Relustre.Sites;

/// <summary>Adds a path to the <c>paths</c> of a site.yaml and leaves every other byte alone.</summary>
internal static class PathEdit
{
    public static string Add(string text, string path)
    {
        var word = HostText.Quoted(path);
        var edited = SiteEdit.Entry(text, "paths") switch
        {
            { Value: YamlValue.List { IsFlow: true, Items: [.., var last] } } => text.Insert(last.End.Index, $", {word}"),
            { Value: YamlValue.List { IsFlow: true } list } => text.Insert(list.Start.Index + 1, word),
            { Value: YamlValue.List list } => SiteEdit.InsertLines(text, list.End, [$"{new string(' ', list.Start.Column - 1)}- {word}"]),
            { Key: var key, Value: YamlValue.Text nothing } => SiteEdit.InsertLines(
                // A written null ("paths: ~") makes room for the list.
                nothing.Value.Length == 0 ? text : text.Remove(nothing.Start.Index, nothing.Value.Length), key.End, [$"  - {word}"]),
            _ => SiteEdit.InsertLines(text, at: new(text.Length, 0, 0), ["paths:", $"  - {word}"]),
        };
        return Paths(edited).SequenceEqual([.. Paths(text), path])
            ? edited
            : throw new SiteException($"the paths in {SiteFile.Name} are laid out in a way that is not safe to edit by machine; nothing was changed. Edit it by hand");
    }

    private static IReadOnlyList<string> Paths(string text) => SiteFileReader.Read(text, SiteFile.Name).Paths;
}
