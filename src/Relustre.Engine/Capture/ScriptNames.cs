using System.Text;

namespace Relustre.Capture;

/// <summary>
/// The names that a listing asks for, as words for the shell: every plain path and pattern, all folders above any source, and,
/// marked, every folder that is wanted with all below it. What a source leaves out is listed all the same, and passed over by
/// the client. A name is only asked for where its folder is.
/// </summary>
internal static class ScriptNames
{
    /// <summary>What marks a folder that is listed with everything below it.</summary>
    private const string Whole = "./.";

    private const string Step = "    ";

    // To the shell ".*" stands for "." and ".." too.
    private static readonly string[] HiddenNames = ["/.[!.]*", "/..?*"];

    public static string Of(CataloguePaths paths)
    {
        var asked = paths.Files.Where(source => !CataloguePaths.IsFolder(source)).Select(source => source.Pattern);
        var above = paths.Files.SelectMany(source => CataloguePaths.Above(source.Pattern));
        var names = Words(".", asked.Concat(above).Distinct()).Concat(Words(Whole, Wholes(paths))).ToLookup(name => name.Word.Contains('\'', StringComparison.Ordinal));
        var text = new StringBuilder();
        // What needs quotes is a word of its own; all else is split into words, so that one `echo` can name many.
        foreach (var (_, word) in names[true].Prepend((Folder: "", Word: ".")))
            text.Append(Step + Step).Append(word).Append(" \\\n");
        text.Append(Step + Step + "$(\n");
        Write(text, Step + Step + Step, [.. names[false].GroupBy(name => name.Folder, name => name.Word).OrderBy(folder => folder.Key, StringComparer.Ordinal)]);
        return text.Append(Step + Step + ")\n").ToString();
    }

    private static void Write(StringBuilder text, string indent, IReadOnlyList<IGrouping<string, string>> folders)
    {
        var written = new HashSet<string>();
        foreach (var folder in folders.Where(folder => written.Add(folder.Key)))
        {
            var below = folders.Where(other => other.Key.StartsWith($"{folder.Key}/", StringComparison.Ordinal)).ToList();
            written.UnionWith(below.Select(other => other.Key));
            text.Append(indent).Append("if [ -d ").Append('.').Append(ScriptText.Glob(folder.Key)).Append(" ]; then\n")
                .Append(indent).Append(Step).Append("echo '").AppendJoin($"\n{indent}{Step}{Step}", folder).Append("'\n");
            Write(text, indent + Step, below);
            text.Append(indent).Append("fi\n");
        }
    }

    private static IEnumerable<(string Folder, string Word)> Words(string mark, IEnumerable<string> patterns) =>
        from pattern in patterns.SelectMany(WithoutDots).Order(StringComparer.Ordinal)
        select (FolderOf(pattern), mark + ScriptText.Glob(pattern));

    private static IEnumerable<string> WithoutDots(string pattern)
    {
        var hidden = $"{pattern}/".IndexOf("/.*/", StringComparison.Ordinal);
        return hidden < 0 ? [pattern] : HiddenNames.SelectMany(name => WithoutDots(pattern[..hidden] + name + pattern[(hidden + 3)..]));
    }

    // The nearest folder above all names that a pattern may stand for; "" is the root.
    private static string FolderOf(string pattern) => CataloguePaths.Above(pattern).FirstOrDefault(folder => !PathPattern.IsWild(folder)) ?? "";

    // Not those below another one.
    private static IEnumerable<string> Wholes(CataloguePaths paths)
    {
        var folders = paths.Files.Where(CataloguePaths.IsFolder).Select(source => source.Pattern[..^3]).ToHashSet(StringComparer.Ordinal);
        return folders.Where(folder => !CataloguePaths.Above(folder).Any(folders.Contains));
    }
}
