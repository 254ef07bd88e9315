using System.Text.Json;
using CsCheck;

namespace Relustre.Tests.Laws;

/// <summary>
/// What holds for a text of several blocks in every format that has blocks, however the text came about: blocks, keys and values are made up, then edited
/// in one place. (Formats in which a line is a setting have their laws in <see cref="EditLaws"/>, the CIB in <see cref="CibLaws"/>.)
/// </summary>
public class StructureLaws
{
    private const int Turns = 60;

    private static readonly Dictionary<string, Func<IReadOnlyList<Block>, Style, string>> Writers = new()
    {
        ["Sections"] = (blocks, style) => Text(blocks, style, block => $"[{block.Name}]", "", "="),
        ["Units"] = (blocks, style) => Text(blocks, style, block => $"[{block.Name}]", "", "="),
        ["Braces"] = (blocks, style) => Text(blocks, style, block => $"{block.Name} {{", "}", ":"),
        ["Nested"] = (blocks, style) => Text(blocks, style, block => $"{block.Name} {{", "}", "="),
        ["LogRules"] = (blocks, style) => Text(blocks, style, block => $"/var/log/{block.Name} {{", "}", " "),
        ["SshOptions"] = (blocks, style) => Text(blocks, style, block => $"Match User {block.Name}", "", " "),
        ["Interfaces"] = (blocks, style) => Text(blocks, style, block => $"iface {block.Name} inet static", "", " "),
        ["Outline"] = (blocks, style) => Text(blocks, style with { Indent = "  " }, block => $"{block.Name}:", "", ": "),
        ["OutlineOfSets"] = (blocks, style) => Text(blocks, style with { Indent = "  " }, block => block.Name, "", ": "),
        ["ModprobeOptions"] = (blocks, style) => string.Concat(blocks.Select(block => $"{style.Comment}options {block.Name} {string.Join(' ', block.Entries.Select(entry => $"{entry.Key}={entry.Value}"))}{style.End}\n")),
        ["Json"] = (blocks, _) => JsonSerializer.Serialize(blocks.ToDictionary(block => block.Name, block => block.Entries.ToDictionary(entry => entry.Key, entry => entry.Value))),
        ["XmlText"] = (blocks, style) => $"<root>{string.Concat(blocks.Select(block => $"<part name='{block.Name}'>{style.End}{string.Concat(block.Entries.Select(entry => $"<{entry.Key} value='{entry.Value}'/>\n"))}</part>"))}</root>",
    };

    // Words that mean nothing to any format.
    private static readonly Gen<IReadOnlyList<Block>> Blocks =
        from count in Gen.Int[1, 5]
        from sizes in Gen.Int[1, 5].Array[count]
        from values in Gen.Int[0, 9999].Array[25]
        select (IReadOnlyList<Block>)[.. sizes.Select((size, at) => new Block($"blk{at}", [.. Enumerable.Range(0, size).Select(key => ($"opt{(char)('a' + key)}", $"v{values[(at * 5) + key]}"))]))];

    public static TheoryData<string> Formats => new(Writers.Keys);

    /// <summary>Their names: <see cref="SingleEditLaws"/> asks that no format is in neither.</summary>
    internal static IEnumerable<string> FormatsOfBlocks => Writers.Keys;

    [Theory, MemberData(nameof(Formats))]
    public void Order_comments_and_white_space_say_nothing(string format) =>
        Gen.Select(Blocks, Gen.Int[0, int.MaxValue]).Sample((blocks, seed) =>
        {
            var other = blocks.Select(block => block with { Entries = [.. Mixed(block.Entries, seed)] }).ToList();

            Assert.Empty(Compare(format, Written(format, blocks), Writers[format]([.. Mixed(other, seed + 1)], Style.Untidy)));
        }, iter: Turns, threads: 1);

    [Theory, MemberData(nameof(Formats))]
    public void Each_changed_value_is_one_difference_that_names_its_block_and_its_key(string format) =>
        Edited((blocks, at, key) =>
        {
            var (name, value) = blocks[at].Entries[key];

            var difference = Assert.Single(Compare(format, Written(format, blocks), Written(format, With(blocks, at, blocks[at].Entries.SetItem(key, (name, value + "7"))))));

            Assert.Contains(blocks[at].Name, difference.Key);
            Assert.Contains(name, difference.Key);
            Assert.Contains(value, difference.Wanted);
            Assert.Contains(value + "7", difference.Found);
        });

    [Theory, MemberData(nameof(Formats))]
    public void Each_key_that_is_gone_or_has_come_is_one_difference(string format) =>
        Edited((blocks, at, key) =>
        {
            // A block with nothing in it is another matter: some formats have a word for it and some have none.
            if (blocks[at].Entries.Count < 2)
                return;
            var without = Written(format, With(blocks, at, blocks[at].Entries.RemoveAt(key)));

            Assert.Null(Assert.Single(Compare(format, Written(format, blocks), without)).Found);
            Assert.Null(Assert.Single(Compare(format, without, Written(format, blocks))).Wanted);
        });

    private static void Edited(Action<IReadOnlyList<Block>, int, int> law) =>
        Gen.Select(Blocks, Gen.Int[0, 99], Gen.Int[0, 99])
            .Sample((blocks, at, key) => law(blocks, at % blocks.Count, key % blocks[at % blocks.Count].Entries.Count), iter: Turns, threads: 1);

    private static string Written(string format, IReadOnlyList<Block> blocks) => Writers[format](blocks, Style.Tidy);

    private static IReadOnlyList<Difference> Compare(string format, string wanted, string found) => OneFile.In(format).Compare(wanted, found);

    private static IReadOnlyList<Block> With(IReadOnlyList<Block> blocks, int at, System.Collections.Immutable.ImmutableList<(string, string)> entries) =>
        [.. blocks.Select((block, here) => here == at ? block with { Entries = entries } : block)];

    // The same in every run: a failure seen once is seen again.
    private static IEnumerable<T> Mixed<T>(IEnumerable<T> items, int seed) =>
        items.Select((item, at) => (item, Rank: unchecked((uint)((seed + at + 1) * 2654435761L)))).OrderBy(one => one.Rank).Select(one => one.item);

    private static string Text(IReadOnlyList<Block> blocks, Style style, Func<Block, string> open, string close, string divider) =>
        string.Concat(blocks.Select(block =>
            $"{style.Comment}{open(block)}{style.End}\n{string.Concat(block.Entries.Select(entry => $"{style.Indent}{entry.Key}{style.Blank}{divider}{style.Blank}{entry.Value}{style.End}\n"))}{close}\n"));

    private sealed record Block(string Name, System.Collections.Immutable.ImmutableList<(string Key, string Value)> Entries);

    private sealed record Style(string Indent, string Blank, string End, string Comment)
    {
        public static Style Tidy { get; } = new("", "", "", "");

        public static Style Untidy { get; } = new("   ", " ", " \t", "\n# somebody was here\n\n");
    }
}
