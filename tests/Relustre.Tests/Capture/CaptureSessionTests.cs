using Microsoft.Extensions.Time.Testing;
using Relustre.Capture;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

public sealed class CaptureSessionTests : IDisposable
{
    private static readonly Source.Files Etc = new("/etc/**");

    private readonly TemporaryFolder tree = new();

    public CaptureSessionTests() => tree.Shell("chmod 755 .; mkdir etc; echo a >etc/a; echo b >etc/b");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_is_read_again()
    {
        using var collector = Changed(ChangedCollector.AfterReading, "[ -e once ] || { : >once; echo more >>etc/a; }\n");

        var capture = await collector.CaptureAsync();

        Assert.Equal("a\nmore\n", capture.Files["/etc/a"].Text);
        Assert.Empty(capture.Problems);
    }

    [Fact]
    public async Task A_file_that_never_stops_changing_is_said_to_do_so()
    {
        using var collector = Changed(ChangedCollector.AfterReading, "echo more >>etc/a\n");

        var capture = await collector.CaptureAsync();

        Assert.Equal("a\nmore\nmore\n", capture.Files["/etc/a"].Text);
        Assert.Equal("b\n", capture.Files["/etc/b"].Text);
        Assert.Equal(("/etc/a", CaptureProblemKind.KeptChanging), (capture.Problems.Single().Subject, capture.Problems.Single().Kind));
    }

    [Fact]
    public async Task A_file_that_is_gone_by_now_is_no_problem()
    {
        using var collector = Changed(ChangedCollector.BeforeReading, "rm -f etc/a\n");

        var capture = await collector.CaptureAsync();

        Assert.DoesNotContain("/etc/a", capture.Files.Keys);
        Assert.Equal("b\n", capture.Files["/etc/b"].Text);
        Assert.Empty(capture.Problems);
    }

    [Fact]
    public async Task A_file_that_has_become_something_else_is_captured_as_that()
    {
        using var collector = Changed(ChangedCollector.BeforeReading, "[ -L etc/a ] || ln -sf b etc/a\n");

        var capture = await collector.CaptureAsync();

        Assert.Equal((FileKind.Symlink, "b"), (capture.Files["/etc/a"].Kind, capture.Files["/etc/a"].LinkTarget));
        Assert.Empty(capture.Problems);
    }

    [Theory]
    [InlineData(CollectorScript.NoRoot)]
    [InlineData(CollectorScript.NoFind)]
    [InlineData(CollectorScript.NoTar)]
    public void The_collector_says_what_we_know(string refusal) =>
        Assert.Contains($"refuse '{refusal}'", Script(Etc).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_tree_that_is_not_there_is_told_by_its_path()
    {
        var missing = Path.Combine(tree.Path, "no-such-tree");

        var refused = await Assert.ThrowsAsync<HostRefusedException>(() => LocalCapture.OfTreeAsync(missing, Etc));

        Assert.Equal($"tree cannot be read: the root folder cannot be entered: {missing}. See that it is there, or correct its root: in site.yaml", refused.Message);
    }

    [Fact]
    public async Task A_server_without_tar_is_told_what_it_lacks()
    {
        using var collector = Changed("tar_help=$(tar --help", "tar_help=$(false");

        var refused = await Assert.ThrowsAsync<HostRefusedException>(() => collector.CaptureAsync());

        Assert.Equal("tree cannot be read: GNU tar is not installed; install it there", refused.Message);
    }

    [Fact]
    public async Task An_enormous_file_is_named_and_not_read()
    {
        tree.Shell("truncate -s 100G etc/sparse");

        var capture = await LocalCapture.OfTreeAsync(tree.Path, Etc);

        Assert.Equal("a\n", capture.Files["/etc/a"].Text);
        Assert.DoesNotContain("/etc/sparse", capture.Files.Keys);
        Assert.Equal(("/etc/sparse", CaptureProblemKind.TooBig), (capture.Problems.Single().Subject, capture.Problems.Single().Kind));
    }

    [Fact]
    public async Task Content_that_is_looked_at_briefly_is_its_own_also_where_a_file_has_two_names()
    {
        tree.Shell("echo first >etc/a; echo other >etc/b; ln etc/a etc/c; echo third >etc/d");
        await using var session = await LocalCapture.OpenAsync(
            new Host("tree") { Root = tree.Path }, ["sh"], CollectorScript.For(SampleComponent.Catalogue(Etc)), CaptureLimits.Default);
        var listing = await session.ListAsync(Cancel);

        var texts = new Dictionary<string, string>();
        await foreach (var file in session.ReadAsync(listing.Entries, isBrief: _ => true, Cancel))
            texts[file.Path] = file.Text;

        Assert.Equal(("first\n", "other\n", "first\n", "third\n"), (texts["/etc/a"], texts["/etc/b"], texts["/etc/c"], texts["/etc/d"]));
    }

    [Fact]
    public async Task Nothing_changed_means_the_same_digest_and_nothing_else_does()
    {
        var source = new Source.Files("/etc/a");
        var first = await SettledAsync(source);

        tree.Shell("echo unasked >etc/new");
        var unasked = await SettledAsync(source);
        tree.Shell("cp -p etc/a old; echo A >etc/a; touch -r old etc/a");
        var sneaky = await SettledAsync(source);

        Assert.Equal(first.Digest, unasked.Digest);
        Assert.NotEqual(first.Digest, sneaky.Digest);
        Assert.Equal(first.Entries[^1].Modified, sneaky.Entries[^1].Modified);
        Assert.Equal(["/", "/etc"], first.Entries.IntersectBy(sneaky.Entries.Select(entry => entry.Fingerprint), entry => entry.Fingerprint).Select(entry => entry.Path));
    }

    [Fact]
    public async Task What_changed_just_now_is_not_taken_for_known()
    {
        var first = (await LocalCapture.OfTreeAsync(tree.Path, Etc)).Listing;
        // It stands still, so that the change is just now however long the rest takes.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        tree.Shell("touch etc/a");
        await using var session = await CaptureSession.OpenAsync(new Host("tree") { Root = tree.Path }, Script(Etc), CaptureLimits.Default, clock, Cancel);
        var fresh = await session.ListAsync(Cancel);
        var settled = await SettledAsync(Etc);

        Assert.NotEqual(first.Digest, fresh.Digest);
        Assert.NotEqual(fresh.Digest, settled.Digest);
    }

    [Fact]
    public async Task An_old_tars_acls_become_what_the_kernel_has()
    {
        tree.Shell("setfacl -m u:1234:r,g:4321:rw,u:nobody:x etc/a; setfacl -d -m u:1234:r etc; chown nobody etc");
        using var collector = Changed("tar_keeps=\"--xattrs --xattrs-include=*\"", "tar_keeps=''");

        var text = await collector.CaptureAsync();
        var raw = await LocalCapture.OfTreeAsync(tree.Path, Etc);

        Assert.Equal(2, raw.Files.Values.Sum(file => file.Attributes.Count));
        Assert.All(raw.Files.Keys, path => Assert.Equal(
            raw.Files[path].Attributes.Select(attribute => (attribute.Name, Convert.ToHexString(attribute.Value.Span))),
            text.Files[path].Attributes.Select(attribute => (attribute.Name, Convert.ToHexString(attribute.Value.Span)))));
    }

    [Fact]
    public async Task This_machine_is_captured_whole_by_the_built_in_catalogue()
    {
        var script = CollectorScript.For(Catalogue.BuiltIn.With(new SampleComponent(new Source.Files("/etc/hosts"))));
        await using var session = await CaptureSession.OpenAsync(new Host(Host.Localhost), script, CaptureLimits.Default, TimeProvider.System, Cancel);

        var capture = await LocalCapture.OfAsync(session);

        Assert.Equal(await File.ReadAllBytesAsync("/etc/hosts", Cancel), capture.Files["/etc/hosts"].Content.ToArray());
        Assert.Equal(script.Tools.Count, capture.Tools.Count);
        Assert.DoesNotContain(capture.Tools, tool => tool.Output.Outcome is ToolOutcome.NotApplicable);
    }

    [Fact]
    public async Task Hard_links_come_with_their_content_however_little_is_kept_for_them()
    {
        tree.Shell("echo long enough >etc/x; ln etc/x etc/y; ln etc/x etc/z; echo other >etc/o; ln etc/o etc/p");

        var capture = await LocalCapture.OfAsync(
            new Host("tree") { Root = tree.Path }, ["sh"], CaptureLimits.Default with { LinkedBytes = 8 }, Etc);

        Assert.Equal(["long enough\n", "long enough\n", "long enough\n"], new[] { "x", "y", "z" }.Select(name => capture.Files[$"/etc/{name}"].Text));
        Assert.Equal("other\n", capture.Files["/etc/p"].Text);
        Assert.Empty(capture.Problems);
    }

    [Fact]
    public async Task Tools_that_say_too_much_in_all_are_refused()
    {
        Source.Tool[] tools = [new("a.txt", "seq 1000") { WorksOnTree = true }, new("b.txt", "seq 1000") { WorksOnTree = true }];

        var refusal = await Assert.ThrowsAsync<CaptureBrokenException>(() => LocalCapture.OfAsync(
            new Host("tree") { Root = tree.Path }, ["sh"], CaptureLimits.Default with { ToolBytes = 5000 }, tools));

        Assert.Contains("relustre collector tree", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => tree.Dispose();

    private static CollectorScript Script(params IReadOnlyList<Source> sources) => CollectorScript.For(SampleComponent.Catalogue(sources));

    private ChangedCollector Changed(string at, string with) =>
        new(tree.Path, Script(Etc), at, at is ChangedCollector.AfterReading or ChangedCollector.BeforeReading ? with + at : with);

    // Two listings are the same only when the first was taken after the clock had moved on from the last change.
    private async Task<FileListing> SettledAsync(Source source)
    {
        var last = (await LocalCapture.OfTreeAsync(tree.Path, source)).Listing;
        while (true)
        {
            var next = (await LocalCapture.OfTreeAsync(tree.Path, source)).Listing;
            if (next.Digest == last.Digest)
                return next;
            last = next;
        }
    }
}
