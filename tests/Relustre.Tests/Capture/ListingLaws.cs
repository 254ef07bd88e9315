using CsCheck;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

/// <summary>The collector asks for names only where their folders are, and still nothing that is wanted is missed.</summary>
public sealed class ListingLaws
{
    private static readonly Gen<string> Names = OneOf("a", "b", "ab", "a-b", ".h", "..h", "c d", "e'f", "*", "é");

    private static readonly Gen<string> Patterns = OneOf("a", "b", "ab", "a-b", ".h", "c d", "e'f", "*", "a?", "[ab]", "[!a]*", "[a-c]*", "a*", ".*", "é");

    // Files, folders, links to what lies beside them and to nothing.
    private static readonly Gen<(string[] Names, char Kind)[]> Trees =
        Gen.Select(Names.Array[1, 4], OneOf('f', 'f', 'd', 'l', 'n')).Array[1, 16];

    private static readonly Gen<Source.Files[]> Sources =
        Gen.Select(Patterns.Array[1, 4], Gen.Int[0, 3]).Select((names, whole) => new Source.Files($"/{string.Join('/', names)}{(whole == 0 ? "/**" : "")}")).Array[1, 8];

    [Fact]
    public Task Of_any_tree_all_that_is_wanted_is_listed() => HoldsIn("dash", trees: 100);

    [Theory]
    [InlineData("bash")]
    [InlineData("ksh")]
    [InlineData("busybox sh")]
    public Task So_it_is_in_every_shell(string shell) => HoldsIn(shell, trees: 10);

    private static Task HoldsIn(string shell, int trees) => Gen.Select(Trees, Sources).SampleAsync(async (tree, sources) =>
    {
        using var root = new TemporaryFolder();
        foreach (var (names, kind) in tree)
            Put(root.Path, names, kind);

        var capture = await LocalCapture.OfAsync(new Host("tree") { Root = root.Path }, shell.Split(' '), sources);

        var wanted = Walk(root.Path, "").Where(path => sources.Any(source => PathPattern.Matches(source, path))).Order(StringComparer.Ordinal);
        Assert.Equal(wanted, capture.Listing.Entries.Where(entry => !entry.IsAncestor).Select(entry => entry.Path));
    }, iter: trees, threads: 1);

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(which => all[which]);

    // What stands in the way stays.
    private static void Put(string root, string[] names, char kind)
    {
        var folder = root;
        foreach (var name in names[..^1])
        {
            folder = Path.Combine(folder, name);
            if (new FileInfo(folder).LinkTarget is not null || File.Exists(folder))
                return;
            Directory.CreateDirectory(folder);
        }
        var path = Path.Combine(folder, names[^1]);
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            return;
        if (kind == 'd')
            Directory.CreateDirectory(path);
        else if (kind == 'f')
            File.WriteAllText(path, "");
        else
            File.CreateSymbolicLink(path, kind == 'l' ? "a" : "nowhere");
    }

    private static IEnumerable<string> Walk(string root, string folder) =>
        from entry in new DirectoryInfo(root + folder).EnumerateFileSystemInfos()
        let path = $"{folder}/{entry.Name}"
        from found in entry is DirectoryInfo && entry.LinkTarget is null ? Walk(root, path).Prepend(path) : [path]
        select found;
}
