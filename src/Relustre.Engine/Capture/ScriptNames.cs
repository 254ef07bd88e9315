using System.Text;

namespace Relustre.Capture;

/// <summary>
/// The names that a listing asks for, as words for the shell: every plain path and pattern, all folders above any source, and,
/// marked, every folder that is wanted with all below it. What a source leaves out is listed all the same, and passed over by
/// the client. A name is only asked for where its folder is; and one right below a folder that is wanted whole only where find
/// does not read that, a link or a closed one: else it comes anyway, and what is not there costs more than what is.
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
        var wholes = Wholes(paths).ToHashSet(StringComparer.Ordinal);
        var above = paths.Files.SelectMany(source => CataloguePaths.Above(source.Pattern)).ToHashSet(StringComparer.Ordinal);
        var asked = paths.Files.Where(source => !CataloguePaths.IsFolder(source)).Select(source => source.Pattern).Concat(above).Distinct();
        var names = Words(".", asked).SelectMany(name => Covered(name, wholes, above)).Concat(Words(Whole, wholes))
            .ToLookup(name => name.Word.Contains('\'', StringComparison.Ordinal));
        var text = new StringBuilder();
        // What needs quotes is a word of its own; all else is split into words, so that one `echo` can name many.
        foreach (var word in names[true].Select(name => name.Word).Prepend("."))
            text.Append(Step + Step).Append(word).Append(" \\\n");
        text.Append(Step + Step + "$(\n");
        Write(text, Step + Step + Step, [.. names[false].GroupBy(name => name.Folder).OrderBy(folder => folder.Key, StringComparer.Ordinal)]);
        return text.Append(Step + Step + ")\n").ToString();
    }

    private static void Write(StringBuilder text, string indent, IReadOnlyList<IGrouping<string, Name>> folders)
    {
        var written = new HashSet<string>();
        foreach (var folder in folders.Where(folder => written.Add(folder.Key)))
        {
            var below = folders.Where(other => other.Key.StartsWith($"{folder.Key}/", StringComparison.Ordinal)).ToList();
            written.UnionWith(below.Select(other => other.Key));
            If("[ -d {0} ]", indent, () =>
            {
                var names = folder.ToLookup(name => name.IsCovered, name => name.Word);
                if (names[true].Any())
                    If("[ -h {0} ] || [ ! -r {0} ]", indent + Step, () => Echo(indent + Step + Step, names[true]));
                if (names[false].Any())
                    Echo(indent + Step, names[false]);
                Write(text, indent + Step, below);
            });

            void If(string test, string indent, Action then)
            {
                text.Append(indent).Append("if ").Append(test.Replace("{0}", $".{ScriptText.Glob(folder.Key)}", StringComparison.Ordinal)).Append("; then\n");
                then();
                text.Append(indent).Append("fi\n");
            }
        }

        void Echo(string indent, IEnumerable<string> words) => text.Append(indent).Append("echo '").AppendJoin($"\n{indent}{Step}", words).Append("'\n");
    }

    // What lies on the way to other names may be closed, or a link to what is: it is still asked for, where it is a folder.
    private static IEnumerable<Name> Covered(Name name, HashSet<string> wholes, HashSet<string> above)
    {
        var isOnTheWay = above.Contains(name.Pattern);
        if (!wholes.Contains(name.Folder) || name.Pattern.LastIndexOf('/') != name.Folder.Length || (isOnTheWay && PathPattern.IsWild(name.Pattern)))
            return [name];
        var covered = name with { IsCovered = true };
        return isOnTheWay ? [covered, name with { Folder = name.Pattern }] : [covered];
    }

    private static IEnumerable<Name> Words(string mark, IEnumerable<string> patterns) =>
        from pattern in patterns.SelectMany(WithoutDots).Order(StringComparer.Ordinal)
        select new Name(pattern, FolderOf(pattern), mark + ScriptText.Glob(pattern));

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

    /// <param name="Folder">Asked for only where this is a folder.</param>
    /// <param name="Word">As the shell reads it.</param>
    private sealed record Name(string Pattern, string Folder, string Word)
    {
        /// <summary>It comes with its folder, which is wanted whole, but where find does not read that.</summary>
        public bool IsCovered { get; init; }
    }
}
