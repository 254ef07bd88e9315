using System.Text;
using Relustre.Capture;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

public class CollectorShellTests(CollectorShellTests.Expected expected) : IClassFixture<CollectorShellTests.Expected>
{
    public static TheoryData<string> Shells => ["dash", "busybox sh", "bash", "bash --posix", "ksh"];

    private static Source[] Sources =>
    [
        new Source.Files("/etc/plain"),
        new Source.Files("/etc/conf.d/*"),
        new Source.Files("/odd/**") { Except = ["/odd/cache/*", "*.left-out"] },
        new Source.Tool("root.txt", "printf %s \"$root\"") { WorksOnTree = true, Filter = "sed 's/.*relustre-test-.*/tree/'" },
        new Source.Tool("fails.txt", "echo no; echo why >&2; exit 7") { WorksOnTree = true, Needs = "sh" },
        new Source.Tool("hangs.txt", "sleep 1000") { WorksOnTree = true, TimeLimit = 1 },
        new Source.Tool("missing.txt", "no-such-tool --all") { WorksOnTree = true },
        new Source.Tool("needs-both.txt", "echo both") { WorksOnTree = true, Needs = "echo /etc" },
        new Source.Tool("needs-path.txt", "echo no") { WorksOnTree = true, Needs = "echo /no/such/path" },
        new Source.Tool("needs-program.txt", "echo no") { WorksOnTree = true, Needs = "no-such-tool echo" },
        new Source.Tool("writes.txt", "echo x >\"$TMPDIR/x\" && cat \"$TMPDIR/x\"") { WorksOnTree = true, Needs = "cat" },
        new Source.Tool("live.txt", "echo live"),
    ];

    [Theory, MemberData(nameof(Shells))]
    public async Task Every_shell_gives_the_same_capture(string shell)
    {
        var found = await LocalCapture.OfAsync(new Host("tree") { Root = expected.Tree.Path }, shell.Split(' '), Sources);

        Assert.Equal(Describe(expected.Capture), Describe(found));
        Assert.Equal(expected.Capture.Listing.Digest, found.Listing.Digest);
        Assert.Empty(found.Problems);
    }

    [Fact]
    public void Everything_about_a_file_is_captured()
    {
        var capture = expected.Capture;
        var files = capture.Files;

        Assert.Equal(capture.Listing.Entries.Select(entry => entry.Path), files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["/", "/etc", "/etc/conf.d"], capture.Listing.Entries.Where(entry => entry.IsAncestor).Select(entry => entry.Path));
        Assert.Equal("plain\n", files["/etc/plain"].Text);
        Assert.Equal(Convert.ToInt32("6751", 8), files["/odd/setuid"].Mode);
        Assert.Equal((1234u, 4321u), (files["/odd/setuid"].UserId, files["/odd/setuid"].GroupId));
        Assert.Equal(("nobody", "nogroup"), (files["/odd/closed"].User, files["/odd/closed"].Group));
        Assert.Equal(0, files["/odd/closed"].Mode);
        Assert.Equal("closed", files["/odd/closed"].Text);
        Assert.Equal(new UnixTime(981173106, 123456789), files["/odd/setuid"].Modified);
        Assert.Equal(new UnixTime(-315619200, 500000000), files["/odd/old"].Modified);
        Assert.Equal("nowhere/at all", files["/odd/dangling"].LinkTarget);
        Assert.Equal([0xE9, 0x0A], UnixPath.Encode(files["/odd/latin1"].LinkTarget!));
        Assert.Equal(FileKind.Fifo, files["/odd/fifo"].Kind);
        Assert.Equal((FileKind.CharacterDevice, (5u, 777u)), (files["/odd/char"].Kind, files["/odd/char"].DeviceNumber!.Value));
        Assert.Equal((FileKind.BlockDevice, (259u, 65540u)), (files["/odd/block"].Kind, files["/odd/block"].DeviceNumber!.Value));
        Assert.Empty(files["/odd/empty"].Content.ToArray());
        Assert.Equal(["first", "first"], new[] { "/odd/link1", "/odd/link2" }.Select(path => files[path].Text));
        Assert.Equal((2u, files["/odd/link1"].Inode), (files["/odd/link2"].Links, files["/odd/link2"].Inode));
        Assert.DoesNotContain("/odd/socket", files.Keys);
        Assert.DoesNotContain(files.Keys, path => path.EndsWith("left-out", StringComparison.Ordinal) || path.StartsWith("/odd/cache/", StringComparison.Ordinal));
        Assert.DoesNotContain("/etc/conf.d/.hidden", files.Keys);
    }

    [Fact]
    public void Attributes_are_captured_as_the_kernel_has_them()
    {
        var files = expected.Capture.Files;

        Assert.Equal("00010AFF3D", Attribute("/odd/attributes", "user.binary"));
        Assert.Equal("79", Attribute("/odd/attributes", "user.a=b%3D"));
        Assert.Equal(expected.Tree.Shell("getfattr -n system.posix_acl_access -e hex odd/acl | sed -n 's|.*=0x||p' | tr -d '\\n'").ToUpperInvariant(), Attribute("/odd/acl", "system.posix_acl_access"));
        Assert.NotNull(Attribute("/odd/folder", "system.posix_acl_default"));
        Assert.StartsWith("0100000200200000", Attribute("/odd/ping", "security.capability"), StringComparison.Ordinal);

        string? Attribute(string path, string name) =>
            files[path].Attributes.SingleOrDefault(attribute => attribute.Name == name) is { } found ? Convert.ToHexString(found.Value.Span) : null;
    }

    [Fact]
    public async Task Every_byte_is_allowed_in_a_name()
    {
        using var tree = new TemporaryFolder();
        var bytes = Enumerable.Range(1, 255).Where(value => value != '/').Select(value => (byte)value).ToArray();
        tree.Shell("mkdir odd; cd odd; " + string.Concat(bytes.Select(value => $"printf {value} >$'a\\x{value:x2}b'; ")));
        tree.Shell(@"cd odd; printf 1 >'-rf'; printf 2 >'*'; printf 3 >' '; printf 4 >'\101'; printf 5 >$'\n'");

        var files = (await LocalCapture.OfTreeAsync(tree.Path, new Source.Files("/odd/*"))).Files;

        Assert.Equal(["1", "2", "3", "4", "5"], new[] { "-rf", "*", " ", "\\101", "\n" }.Select(name => files["/odd/" + name].Text));
        Assert.All(bytes, value => Assert.Equal($"{value}", files["/odd/" + UnixPath.Decode([(byte)'a', value, (byte)'b'])].Text));
    }

    [Fact]
    public void Tools_tell_how_they_ended()
    {
        var tools = expected.Capture.Tools.ToDictionary(tool => tool.Output.Name, tool => tool.Output);

        Assert.Equal((ToolOutcome.Answered, "tree", 0), (tools["root.txt"].Outcome, tools["root.txt"].Text.TrimEnd(), tools["root.txt"].ExitCode));
        Assert.Equal((ToolOutcome.Failed, "no\n", "why\n", 7), (tools["fails.txt"].Outcome, tools["fails.txt"].Text, tools["fails.txt"].Complaint, tools["fails.txt"].ExitCode));
        Assert.Equal((ToolOutcome.TimedOut, null), (tools["hangs.txt"].Outcome, tools["hangs.txt"].ExitCode));
        Assert.Equal(ToolOutcome.Missing, tools["missing.txt"].Outcome);
        Assert.Equal((ToolOutcome.Answered, "both\n"), (tools["needs-both.txt"].Outcome, tools["needs-both.txt"].Text));
        Assert.Equal(ToolOutcome.Missing, tools["needs-path.txt"].Outcome);
        Assert.Equal(ToolOutcome.Missing, tools["needs-program.txt"].Outcome);
        Assert.Equal((ToolOutcome.Answered, "x\n"), (tools["writes.txt"].Outcome, tools["writes.txt"].Text));
        Assert.Equal(ToolOutcome.NotApplicable, tools["live.txt"].Outcome);
    }

    [Fact]
    public async Task The_script_is_clean_by_shellcheck()
    {
        using var folder = new TemporaryFolder();
        Source[] awkward = [new Source.Files("/etc/it's [a-z]$(touch x)`id`\"*"), new Source.Files("/x y/**") { Except = ["*'x*"] }];
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "sample"), CollectorScript.For(SampleComponent.Catalogue([.. Sources, .. awkward])).Text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "all"), CollectorScript.For(Catalogue.BuiltIn).Text, TestContext.Current.CancellationToken);

        Assert.Equal("", folder.Shell("shellcheck -s sh -S style sample all"));
    }

    private static TemporaryFolder TrickyTree()
    {
        var tree = new TemporaryFolder();
        tree.Shell("""
            mkdir -p etc/conf.d odd/cache odd/folder odd/deep/er; echo plain >etc/plain; echo a >etc/conf.d/a; echo h >etc/conf.d/.hidden
            cd odd; echo c >cache/c; echo l >deep/er/x.left-out; echo d >deep/er/y
            printf x >setuid; chown 1234:4321 setuid; chmod 6751 setuid; touch -d '2001-02-03 04:05:06.123456789 UTC' setuid
            printf closed >closed; chown nobody:nogroup closed; chmod 0 closed; touch -d '1960-01-01 00:00:00.5 UTC' old
            ln -s 'nowhere/at all' dangling; ln -s $'\xe9\n' latin1; mkfifo fifo; mknod char c 5 777; mknod block b 259 65540; : >empty
            printf first >link1; ln link1 link2; echo $'new\nline' >$'new\nline'; mkdir 'a folder'; : >'a folder/ '
            : >attributes; setfattr -n user.binary -v 0x00010aff3d attributes; setfattr -n user.a=b%3D -v y attributes
            : >acl; setfacl -m u:1234:r,g:4321:rw acl; setfacl -d -m u:1234:r folder; cp /bin/true ping; setcap cap_net_raw+ep ping
            """);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(tree.Path, "odd/socket")));
        return tree;
    }

    /// <summary>The tricky tree and its capture under this machine's own shell.</summary>
    public sealed class Expected : IAsyncLifetime
    {
        internal TemporaryFolder Tree { get; } = TrickyTree();

        internal LocalCapture Capture { get; private set; } = null!;

        // The first lasts longer than the clock's grain, so to the second nothing has changed just now.
        public async ValueTask InitializeAsync()
        {
            await LocalCapture.OfAsync(new Host("tree") { Root = Tree.Path }, ["sh"], Sources);
            Capture = await LocalCapture.OfAsync(new Host("tree") { Root = Tree.Path }, ["sh"], Sources);
        }

        public ValueTask DisposeAsync()
        {
            Tree.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private static string Describe(LocalCapture capture)
    {
        var text = new StringBuilder();
        foreach (var file in capture.Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
            text.AppendLine($"{file with { Attributes = [], Content = default }} {Convert.ToHexString(file.Content.Span)} "
                + string.Join(',', file.Attributes.Select(attribute => $"{attribute.Name}={Convert.ToHexString(attribute.Value.Span)}")));
        foreach (var tool in capture.Tools)
            text.AppendLine($"{tool.Component} {tool.Output with { Output = default }} {tool.Output.Text}");
        return text.ToString();
    }
}
