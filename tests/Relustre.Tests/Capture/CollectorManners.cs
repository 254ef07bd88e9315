using System.Text;
using System.Text.RegularExpressions;
using Relustre.Capture;

namespace Relustre.Tests.Capture;

/// <summary>What the collector leaves on a server: nothing, however its session ends; and what it lets itself be told.</summary>
public sealed class CollectorManners : IDisposable
{
    private readonly TemporaryFolder tree = new();

    public CollectorManners() => tree.Shell("mkdir etc; echo a >etc/a; head -c 30000000 /dev/zero >etc/big");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    [InlineData("bash")]
    [InlineData("ksh")]
    public async Task A_session_that_breaks_at_any_moment_leaves_nothing_behind(string shell)
    {
        var mark = $"{Environment.ProcessId}{shell.GetHashCode(StringComparison.Ordinal) & 0xFFFF}";
        using var collector = new ChangedCollector(tree.Path, Script(new Source.Files("/etc/*"), Hanging(mark)));

        await BreakAsync(collector, shell, _ => Task.CompletedTask);
        await BreakAsync(collector, shell, session => session.ListAsync(Cancel));
        await BreakAsync(collector, shell, async session =>
        {
            var listing = await session.ListAsync(Cancel);
            await foreach (var file in session.ReadAsync(listing.Entries, Cancel))
                break;
        });
        await BreakAsync(collector, shell, async session =>
        {
            await session.ListAsync(Cancel);
            using var soon = new CancellationTokenSource(300);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.ToolsAsync(soon.Token));
        });

        Assert.DoesNotContain(Processes(), line => line.Contains($"sleep 1000.{mark}", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_remains_of_dead_sessions_are_swept()
    {
        using var collector = new ChangedCollector(tree.Path, Script(new Source.Files("/etc/a")));
        tree.Shell($"cd {collector.Scratch}; mkdir relustre.oldold relustre.newnew other.ABCDEF; touch -d '3 days ago' relustre.oldold other.ABCDEF");

        tree.Shell($"echo bye | sh {Path.GetDirectoryName(collector.Scratch)}/collector >{tree.Path}/said");

        Assert.Equal(["other.ABCDEF", "relustre.newnew"], Directory.GetDirectories(collector.Scratch).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Endless_output_is_cut_and_said_to_be()
    {
        var tools = await ToolsAsync(
            new Source.Tool("yes.txt", "yes"),
            new Source.Tool("complains.txt", "yes >&2"),
            new Source.Tool("sorted.txt", "yes") { Filter = "uniq" },
            new Source.Tool("keeps.txt", "head -c 9000000 /dev/zero >\"$TMPDIR/x\" && echo kept"),
            new Source.Tool("daemon.txt", "echo started; sleep 1000 &") { Needs = "sleep" });

        Assert.Equal((ToolOutcome.Truncated, CollectorScript.ToolOutputLimit), (tools["yes.txt"].Outcome, tools["yes.txt"].Output.Length));
        Assert.Equal((ToolOutcome.Truncated, 4096), (tools["complains.txt"].Outcome, tools["complains.txt"].Complaint.Length));
        Assert.Equal((ToolOutcome.Truncated, "y\n"), (tools["sorted.txt"].Outcome, tools["sorted.txt"].Text));
        Assert.Equal((ToolOutcome.Answered, "kept\n"), (tools["keeps.txt"].Outcome, tools["keeps.txt"].Text));
        Assert.Equal((ToolOutcome.Answered, "started\n"), (tools["daemon.txt"].Outcome, tools["daemon.txt"].Text));
    }

    [Fact]
    public async Task Rubbish_is_told_from_an_answer()
    {
        var tools = await ToolsAsync(
            new Source.Tool("good.xml", "echo '<cib epoch=1>'") { Expecting = "<cib" },
            new Source.Tool("bad.xml", "echo 'Segmentation fault'") { Expecting = "<cib" },
            new Source.Tool("silent.xml", "false || true") { Expecting = "<cib" },
            new Source.Tool("shut.txt", "cat") { Filter = "tr a-z A-Z" },
            new Source.Tool("filtered.txt", "printf 'b\\na\\n'; exit 4") { Needs = "printf", Filter = "sort" });

        Assert.Equal([ToolOutcome.Answered, ToolOutcome.Rubbish, ToolOutcome.Answered, ToolOutcome.Answered, ToolOutcome.Failed], tools.Values.Select(tool => tool.Outcome));
        Assert.Equal(("a\nb\n", 4), (tools["filtered.txt"].Text, tools["filtered.txt"].ExitCode));
    }

    [Theory]
    [InlineData("want 8\n-delete\0")]
    [InlineData("want 12\n./../../etc\0")]
    [InlineData("want 11\n./etc/../x\0")]
    [InlineData("want 9\n/etc/foo\0")]
    [InlineData("want 19\n./etc/a\n-delete\0--x\0")]
    [InlineData("want 1;id\n")]
    [InlineData("want\n")]
    [InlineData("sh -c id\n")]
    public void Requests_cannot_make_it_do_anything_else(string request)
    {
        using var collector = new ChangedCollector(tree.Path, Script(new Source.Files("/etc/a")));
        var input = Convert.ToBase64String(Encoding.UTF8.GetBytes(request));

        var said = tree.Shell($"echo {input} | base64 -d | sh {Path.GetDirectoryName(collector.Scratch)}/collector {tree.Path} | tr '\\0' '\\n' | tail -n 1");

        Assert.StartsWith("error ", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(collector.Scratch));
        Assert.True(File.Exists(Path.Combine(tree.Path, "etc/a")));
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    [InlineData("bash")]
    [InlineData("ksh")]
    public void On_a_running_server_only_what_it_listed_can_be_had(string shell)
    {
        using var collector = new ChangedCollector(tree.Path, Script(new Source.Files("/etc/passwd"), new Source.Files("/etc/hos*"), new Source.Files("/etc/cron.d/**")));
        string Ask(string names) => tree.Shell($"{{ printf 'list\nwant {names.Replace("\\0", "0", StringComparison.Ordinal).Length}\n{names}'; echo bye; }} "
            + $"| {shell} {Path.GetDirectoryName(collector.Scratch)}/collector | tr '\\0' '\n' | tail -n 1");

        Assert.Equal("bye\n", Ask("./etc/passwd\\0./etc/hosts\\0"));
        Assert.Equal("error a name that was not listed was wanted\n", Ask("./etc/shadow\\0"));
        Assert.Equal("error a name that was not listed was wanted\n", Ask("./etc/passwd\\0./etc/group\\0"));
        Assert.Equal("error a name that was not listed was wanted\n", Ask("./etc/passwd/\\0"));
        Assert.Empty(Directory.GetDirectories(collector.Scratch));
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    [InlineData("bash")]
    [InlineData("ksh")]
    public async Task A_tool_that_reads_files_alone_is_asked_again_when_one_of_them_has_changed(string shell)
    {
        // Files of the machine itself, by way of links: what has just been written counts as new each time.
        tree.Shell("mkdir -p data; ln -s /usr/bin/env data/old");
        var tool = new Source.Tool("said.txt", "echo asked; cat \"$root/data/young\" 2>/dev/null || :") { Needs = "cat", WorksOnTree = true, Reads = ["/data/o*", "/data/y*", "/none"] };

        var first = await AskAsync(shell, tool, seen: null);
        var same = await AskAsync(shell, tool, first.Seen);
        var otherCommand = await AskAsync(shell, tool with { Command = "echo other" }, first.Seen);
        tree.Shell("ln -sf /usr/bin/printf data/old");
        var changed = await AskAsync(shell, tool, first.Seen);
        tree.Write("data/young", "a");
        var young = await AskAsync(shell, tool, changed.Seen);
        var stillYoung = await AskAsync(shell, tool, young.Seen);

        Assert.Equal(("asked\n", false), (first.Output.Text, first.Stands));
        Assert.Equal(("", true, first.Seen), (same.Output.Text, same.Stands, same.Seen));
        Assert.Equal(("other\n", false), (otherCommand.Output.Text, otherCommand.Stands));
        Assert.Equal(("asked\n", false), (changed.Output.Text, changed.Stands));
        Assert.Equal(("asked\na", false), (young.Output.Text, young.Stands));
        Assert.Equal(("asked\na", false), (stillYoung.Output.Text, stillYoung.Stands));
    }

    [Theory]
    [InlineData("packages", "dpkg")]
    [InlineData("services", "unit-files")]
    public void What_a_tool_says_that_it_reads_is_all_that_it_opens(string component, string name)
    {
        var tool = CollectorScript.For(Catalogue.BuiltIn).Tools.Single(tool => tool.Component == component && tool.Tool.Name == name).Tool;
        tree.Write("ask.sh", tool.Command);
        tree.Shell("LC_ALL=C strace -f -y -qq -e trace=openat,open -o opened sh ask.sh >said");
        // strace tells where each handle leads: "= 3</etc/systemd/system>".
        var opened = tree.Shell("sed -n 's/^.* = [0-9]*<\\(.*\\)>.*$/\\1/p' opened | sort -u").TrimmedLines
            .Where(path => IsState(path) && !tool.Reads.Any(read => Regex.IsMatch(path, $"^(/usr)?{Regex.Escape(read).Replace("\\*", "[^/]*", StringComparison.Ordinal)}(/[^/]*){{0,2}}$")));

        Assert.NotEqual(0, new FileInfo(tree["said"]).Length);
        Assert.Empty(opened);

        // What programs and libraries are made of changes with packages, and so with the tool itself; the rest is what they tell of.
        static bool IsState(string path) => !path.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)
            && !Regex.IsMatch(path, @"^(/|/etc|/run|/var|/usr|(/usr)?/lib|/usr/local|/usr/local/lib|(/usr)?/s?bin/.*|/etc/ld\.so.*|.*\.so(\.[0-9.]+)*|.*/locale/.*|.*/gconv/.*|/(dev|proc|sys)(/.*)?|.*/systemd)$");
    }

    [Theory]
    [InlineData("etc/x")]
    [InlineData("/etc/$(id)")]
    [InlineData("/etc/x y")]
    [InlineData("/etc/x;id")]
    public void What_a_tool_reads_is_a_path_or_a_pattern(string reads) =>
        Assert.Throws<ArgumentException>(() => Script(new Source.Tool("a.txt", "cat") { Reads = [reads] }));

    [Fact]
    public void Every_tool_of_the_catalogue_is_sound_shell()
    {
        using var folder = new TemporaryFolder();
        var texts = CollectorScript.For(Catalogue.BuiltIn).Tools.SelectMany(tool => new[] { tool.Tool.Command, tool.Tool.Filter ?? ":" }).ToList();
        for (var at = 0; at < texts.Count; at++)
            folder.Write($"{at:0000}.sh", texts[at]);

        folder.Shell("for script in *.sh; do dash -n $script; bash --posix -n $script; done");

        Assert.NotEmpty(texts);
    }

    public void Dispose() => tree.Dispose();

    private static CollectorScript Script(params IReadOnlyList<Source> sources) => CollectorScript.For(SampleComponent.Catalogue(sources));

    private static Source.Tool Hanging(string mark) => new("hangs.txt", $"sleep 1000.{mark}") { WorksOnTree = true };

    private async Task<ComponentOutput> AskAsync(string shell, Source.Tool tool, string? seen)
    {
        using var collector = new ChangedCollector(tree.Path, Script(tool));
        await using var session = await collector.OpenAsync(shell.Split(' '));
        await session.ListAsync(seen is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["sample:said.txt"] = seen }, Cancel);
        return (await session.ToolsAsync(Cancel)).Single();
    }

    private static async Task BreakAsync(ChangedCollector collector, string shell, Func<CaptureSession, Task> use)
    {
        var connection = collector.Connect(shell.Split(' '));
        await using (var session = await CaptureSession.OpenAsync(connection, collector.Script, CaptureLimits.Default, TimeProvider.System, Cancel))
        {
            await use(session);
            // No goodbye: the line is cut.
            await connection.DisposeAsync();
        }

        Assert.Empty(Directory.GetDirectories(collector.Scratch));
    }

    private static IEnumerable<string> Processes()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            var line = "";
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            }
            catch (IOException)
            {
                // It has ended by now.
            }
            yield return line;
        }
    }

    private async Task<Dictionary<string, ToolOutput>> ToolsAsync(params IReadOnlyList<Source.Tool> tools) =>
        (await LocalCapture.OfTreeAsync(tree.Path, [.. tools.Select(tool => tool with { WorksOnTree = true })])).Tools.ToDictionary(tool => tool.Output.Name, tool => tool.Output);
}
