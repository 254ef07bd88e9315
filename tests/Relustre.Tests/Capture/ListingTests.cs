using Relustre.Capture;

namespace Relustre.Tests.Capture;

/// <summary>What is asked for by name, by pattern and whole, and where links lead.</summary>
public sealed class ListingTests : IDisposable
{
    private static readonly Source.Files Etc = new("/etc/**");

    private readonly TemporaryFolder tree = new();

    public ListingTests() => tree.Shell("chmod 755 .; mkdir etc; echo a >etc/a; echo b >etc/b");

    [Fact]
    public async Task A_symlinked_folder_is_not_followed_out_of_the_tree()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret", "of this machine");
        tree.Shell($"ln -s {outside.Path} var; ln -s etc again");

        var capture = await LocalCapture.OfTreeAsync(tree.Path, Etc, new Source.Files("/var/secret"), new Source.Files("/again/a"));

        Assert.Equal(["/", "/etc", "/etc/a", "/etc/b"], capture.Files.Keys.Order(StringComparer.Ordinal));
        // What lies behind the second link has been captured under its own name, so it is not lost.
        Assert.Equal(("/var", CaptureProblemKind.BehindSymlink), (capture.Problems.Single().Subject, capture.Problems.Single().Kind));
    }

    [Theory]
    [InlineData("/again/a")]
    [InlineData("/again/*")]
    [InlineData("/again/a/x")]
    public async Task What_lies_behind_a_link_is_told_also_where_the_link_is_wanted_whole(string named)
    {
        using var outside = new TemporaryFolder();
        outside.Write("a", "not of this tree");
        tree.Shell($"ln -s {outside.Path} again");

        var capture = await LocalCapture.OfTreeAsync(tree.Path, new Source.Files("/again/**"), new Source.Files(named));

        Assert.Equal(("/again", CaptureProblemKind.BehindSymlink), (capture.Problems.Single().Subject, capture.Problems.Single().Kind));
    }

    [Fact]
    public void A_name_below_a_folder_that_is_wanted_whole_is_asked_for_only_where_find_does_not_read_that()
    {
        var script = CollectorScript.For(SampleComponent.Catalogue(new Source.Files("/etc/**"), new Source.Files("/etc/a"), new Source.Files("/etc/d/*.conf"))).Text;

        Assert.Matches("if \\[ -h ./etc \\] \\|\\| \\[ ! -r ./etc \\]; then\\s+echo './etc/a\\s+./etc/d'\\s+fi\\s+if \\[ -d ./etc/d \\]; then\\s+echo './etc/d\\s+./etc/d/\\*\\.conf'", script);
    }

    [Fact]
    public async Task A_pattern_is_never_a_command()
    {
        tree.Write("etc/it's $(touch x)`touch x`;&\"|<>\\ é", "odd");

        var capture = await LocalCapture.OfTreeAsync(tree.Path, new Source.Files("/etc/it's $(touch x)`touch x`;&\"|<>\\ é"), new Source.Files("/etc/it's*[a-z] $(touch x)*"));

        Assert.Equal("odd", capture.Files["/etc/it's $(touch x)`touch x`;&\"|<>\\ é"].Text);
        Assert.False(File.Exists(Path.Combine(tree.Path, "x")));
    }

    public void Dispose() => tree.Dispose();
}
