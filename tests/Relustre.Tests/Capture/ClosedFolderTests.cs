using Relustre.Capture;

namespace Relustre.Tests.Capture;

/// <summary>What a user who is not root hears of that he may not read: all of it, once, and nothing else.</summary>
public sealed class ClosedFolderTests : IDisposable
{
    private static readonly Source.Files Etc = new("/etc/**");

    private static readonly string[] NotRoot = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh"];

    private readonly TemporaryFolder tree = new();

    public ClosedFolderTests() => tree.Shell("chmod 755 .; mkdir etc; echo a >etc/a");

    [Fact]
    public async Task Whoever_is_not_root_hears_what_stayed_closed()
    {
        tree.Shell("echo s >etc/shadow; chmod 600 etc/shadow; mkdir -m 700 etc/private closed; echo x >etc/private/x; echo c >closed/conf");
        using var collector = new ChangedCollector(tree.Path, Script(Etc, new Source.Files("/closed/conf")));

        var capture = await collector.CaptureAsync(NotRoot);

        Assert.Equal("a\n", capture.Files["/etc/a"].Text);
        Assert.Equal(["/closed", "/etc/private", "/etc/shadow"], capture.Problems.Select(problem => problem.Subject).Order(StringComparer.Ordinal));
        Assert.All(capture.Problems, problem => Assert.Contains("Permission denied", problem.Message, StringComparison.Ordinal));
        Assert.Contains("/etc/private", capture.Files.Keys);
    }

    [Fact]
    public async Task Whoever_is_not_root_hears_of_each_closed_folder_once()
    {
        tree.Shell("mkdir -m 744 etc/names-only; echo x >etc/names-only/x; echo y >etc/names-only/y; mkdir -m 700 closed; echo c >closed/c; ln -s ../closed etc/link; ln -s closed asked");
        using var collector = new ChangedCollector(tree.Path, Script(Etc, new Source.Files("/asked/*"), new Source.Files("/closed/c/d/e")));

        var capture = await collector.CaptureAsync(NotRoot);

        // The link that lies below a folder wanted whole is captured, and nothing behind it was asked for.
        Assert.Equal(["/asked", "/closed", "/etc/names-only"], capture.Problems.Select(problem => problem.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_tells_no_names_still_gives_what_is_asked_for_by_name()
    {
        tree.Shell("chmod 711 etc; echo d >etc/d; ln -s nowhere etc/e");
        using var collector = new ChangedCollector(tree.Path, Script(Etc, new Source.Files("/etc/a"), new Source.Files("/etc/d/x"), new Source.Files("/etc/e/x")));

        var capture = await collector.CaptureAsync(NotRoot);

        Assert.Equal(["/", "/etc", "/etc/a", "/etc/d", "/etc/e"], capture.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("a\n", capture.Files["/etc/a"].Text);
        Assert.Equal("/etc", Assert.Single(capture.Problems).Subject);
    }

    [Theory]
    [InlineData("/etc/link/x")]
    [InlineData("/etc/l*/x")]
    public async Task A_link_on_the_way_to_names_is_heard_of_also_where_its_folder_is_wanted_whole(string named)
    {
        tree.Shell("mkdir -m 700 closed; ln -s ../closed etc/link");
        using var collector = new ChangedCollector(tree.Path, Script(Etc, new Source.Files(named)));

        var capture = await collector.CaptureAsync(NotRoot);

        Assert.Equal("/etc/link", Assert.Single(capture.Problems).Subject);
    }

    [Fact]
    public async Task A_link_that_was_wanted_for_itself_may_lead_anywhere()
    {
        tree.Shell("mkdir -m 700 closed; echo c >closed/c; mkdir conf; ln -s ../closed/c conf/closed; ln -s loop conf/loop; ln -s closed/c through");
        using var collector = new ChangedCollector(tree.Path, Script(new Source.Files("/conf/*"), new Source.Files("/through/x")));

        var capture = await collector.CaptureAsync(NotRoot);

        Assert.Equal(["/", "/conf", "/conf/closed", "/conf/loop"], capture.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/through", Assert.Single(capture.Problems).Subject);
    }

    [Fact]
    public async Task A_folders_name_tells_of_no_other_folder()
    {
        tree.Shell("""mkdir -m 700 $'etc/x\nfind: \'.' etc/closed""");
        using var collector = new ChangedCollector(tree.Path, Script(Etc));

        var capture = await collector.CaptureAsync(NotRoot);

        Assert.Contains("/etc/closed", capture.Problems.Select(problem => problem.Subject));
        Assert.DoesNotContain("/", capture.Problems.Select(problem => problem.Subject));
    }

    public void Dispose() => tree.Dispose();

    private static CollectorScript Script(params IReadOnlyList<Source> sources) => CollectorScript.For(SampleComponent.Catalogue(sources));
}
