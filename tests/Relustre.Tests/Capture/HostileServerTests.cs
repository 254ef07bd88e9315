using System.Text;
using Microsoft.Extensions.Time.Testing;
using Relustre.Capture;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

public class HostileServerTests
{
    private static readonly string Hello = $"relustre collector {CollectorScript.Protocol} 0123456789abcdef\nclock 1700000000.5\nuser 0\nscratch tmpfs\nroot /tree\nready\n";

    private static readonly CollectorScript Script = CollectorScript.For(SampleComponent.Catalogue(new Source.Files("/etc/**"), new Source.Tool("a.txt", "a") { WorksOnTree = true }));

    private static readonly string Listing = Entry("d 755", ".") + Entry("d 755", "./etc") + Entry("f 644", "./etc/a", size: 2) + Entry("f 644", "./etc/b", size: 2);

    private static readonly string Tar = "tar --xattrs\n";

    public static TheoryData<string, string> Greetings => new()
    {
        { "nothing", "" },
        { "no protocol number", "relustre collector x y\n" },
        { "a newer protocol", "relustre collector 99 y\n" },
        { "another root", "relustre collector 3 y\nclock 1.5\nuser 0\nroot /other\nready\n" },
        { "the same fact twice", "relustre collector 3 y\nclock 1.5\nclock 1.5\nuser 0\nroot /tree\nready\n" },
        { "an error", "relustre collector 3 y\nerror GNU find is not \u001b[2J installed\n" },
        { "too much noise", string.Concat(Enumerable.Repeat("Welcome!\n", 10_000)) },
        { "a line without end", new string('x', 1_000_000) },
        { "endless requests for the script", string.Concat(Enumerable.Repeat("relustre?\n", 10_000)) },
    };

    public static TheoryData<string, string> Listings => new()
    {
        { "cut", Listing },
        { "cut in an entry", Listing[..^20] },
        { "garbage", "\u0001\u0002\0\0\0\0\0.\0\0" },
        { "an empty record", "\0\0\0\0\0.\0\0" },
        { "a path without its dot", Entry("f 644", "/etc/shadow") + ".\0\0" },
        { "a path that leaves", Entry("f 644", "./../etc/shadow") + ".\0\0" },
        { "a path with a dot in it", Entry("f 644", "./etc/./a") + ".\0\0" },
        { "a doubled slash", Entry("f 644", "./etc//a") + ".\0\0" },
        { "a path that is too long", Entry("f 644", "./etc/" + new string('a', 5000)) + ".\0\0" },
        { "a negative size", Entry("f 644", "./etc/a", size: -1) + ".\0\0" },
        { "an impossible mode", Entry("f 77777", "./etc/a") + ".\0\0" },
        { "an impossible time", Entry("f 644", "./etc/a").Replace("1600000000.25", "soon", StringComparison.Ordinal) + ".\0\0" },
        { "an endless complaint", Listing + ".\0" + new string('x', 1_000_000) },
    };

    public static TheoryData<string, byte[]> Answers => new()
    {
        { "nothing", [] },
        { "an error", Text("error \u001b[31mno\n") },
        { "not tar", Text(Tar + new string('x', 2000)) },
        { "a cut entry", [.. Text(Tar), .. TarText.File("./etc/a", "a\n")[..514]] },
        { "no end", [.. Text(Tar), .. TarText.File("./etc/a", "a\n")] },
        { "what was not asked for", [.. Text(Tar), .. TarText.Files(TarText.File("./etc/shadow", "x"))] },
        { "an absolute name", [.. Text(Tar), .. TarText.Files(TarText.File("/etc/a", "x"))] },
        { "a name that leaves", [.. Text(Tar), .. TarText.Files(TarText.File("./etc/../etc/a", "x"))] },
        { "a name twice", [.. Text(Tar), .. TarText.Files(TarText.File("./etc/a", "a\n"), TarText.File("./etc/a", "a\n")), .. Text(Listing + ".\0\0")] },
        { "a link to nothing", [.. Text(Tar), .. TarText.Files(TarText.Entry("./etc/a", '1', [], link: "./etc/shadow"))] },
        { "an unknown type", [.. Text(Tar), .. TarText.Files(TarText.Entry("./etc/a", 'S', []))] },
        { "a header without end", [.. Text(Tar), .. TarText.Entry("x", 'x', [], size: "77777777777")] },
        { "another listing", [.. Text(Tar), .. TarText.Files(), .. Text(Entry("f 644", "./etc/shadow") + ".\0\0")] },
        { "no second listing", [.. Text(Tar), .. TarText.Files(TarText.File("./etc/a", "a\n"))] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Greetings))]
    public async Task A_greeting_that_is_none_ends_in_a_clear_message(string what, string sent)
    {
        var problem = await Assert.ThrowsAnyAsync<HostException>(() => OpenAsync(Text(sent)));

        AssertClear(problem, what);
    }

    [Theory]
    [InlineData("no clock", "user 0\nscratch tmpfs\n")]
    [InlineData("a clock that is none", "clock now\nuser 0\nscratch tmpfs\n")]
    [InlineData("no user", "clock 1.5\nscratch tmpfs\n")]
    [InlineData("a root on a running server", "clock 1.5\nuser 0\nroot /tree\n")]
    public async Task A_running_server_s_greeting_that_lacks_something_ends_in_a_clear_message(string what, string facts)
    {
        var sent = Text($"relustre collector 3 y\n{facts}ready\n");

        var problem = await Assert.ThrowsAnyAsync<HostException>(
            () => OpenAsync(new ScriptedConnection(sent, root: null), CaptureLimits.Default));

        AssertClear(problem, what);
    }

    [Theory, MemberData(nameof(Listings))]
    public async Task A_listing_that_is_none_ends_in_a_clear_message(string what, string sent)
    {
        await using var session = await OpenAsync(Text(Hello + sent));

        AssertClear(await Assert.ThrowsAnyAsync<HostException>(() => session.ListAsync(Cancel)), what);
    }

    [Theory, MemberData(nameof(Answers))]
    public async Task Files_that_are_none_end_in_a_clear_message(string what, byte[] sent)
    {
        await using var session = await OpenAsync([.. Text(Hello + Listing + ".\0\0"), .. sent]);
        var listing = await session.ListAsync(Cancel);

        var problem = await Assert.ThrowsAnyAsync<HostException>(async () =>
        {
            await foreach (var file in session.ReadAsync(listing.Entries, Cancel))
                Assert.StartsWith("/etc", file.Path, StringComparison.Ordinal);
        });

        AssertClear(problem, what);
    }

    [Theory]
    [InlineData("error no tar\n")]
    [InlineData("wait\nwait\n")]
    [InlineData("nonsense\n")]
    public async Task Tools_answers_that_are_none_end_in_a_clear_message(string sent)
    {
        await using var session = await OpenAsync(Text(Hello + ".\0\0" + sent));
        await session.ListAsync(Cancel);

        AssertClear(await Assert.ThrowsAnyAsync<HostException>(() => session.ToolsAsync(Cancel)), sent);
    }

    [Fact]
    public async Task The_hand_made_server_is_right_where_nothing_is_wrong()
    {
        var again = Entry("d 755", ".") + Entry("d 755", "./etc") + Entry("f 644", "./etc/a", size: 2) + Entry("f 644", "./etc/b", size: 2);
        var tar = TarText.Files(TarText.Entry("./", '5', []), TarText.Entry("./etc/", '5', []), TarText.File("./etc/a", "a\n"), TarText.File("./etc/b", "b\n"));
        await using var session = await OpenAsync([.. Text(Hello + Listing + ".\0\0" + Tar), .. tar, .. Text(again + ".\0\0tar\n"), .. TarText.Whole(TarText.File("./sample:a.txt:out", "said"), TarText.File("./sample:a.txt:code", "0\n"))]);

        var capture = await LocalCapture.OfAsync(session);

        Assert.Equal("b\n", capture.Files["/etc/b"].Text);
        Assert.Equal(("said", ToolOutcome.Answered), (capture.Tools.Single().Output.Text, capture.Tools.Single().Output.Outcome));
        Assert.Empty(capture.Problems);
    }

    [Fact]
    public async Task A_tool_of_which_nothing_is_known_cannot_be_as_it_was()
    {
        await using var session = await OpenAsync([.. Text(Hello + ".\0\0tar\n"), .. TarText.Whole(TarText.File("./sample:a.txt:same", ""), TarText.File("./sample:a.txt:code", "0\n"))]);
        await session.ListAsync(Cancel);

        AssertClear(await Assert.ThrowsAnyAsync<HostException>(() => session.ToolsAsync(Cancel)), "not changed");
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_listed()
    {
        await using var session = await OpenAsync(Text(Hello + Listing + Entry("f 600", "./root/secret") + Entry("f 644", "./etc/a", size: 7) + Entry("f 644", "./etc/no/folder") + ".\0\0"));

        var listing = await session.ListAsync(Cancel);

        Assert.Equal(["/", "/etc", "/etc/a", "/etc/b"], listing.Entries.Select(entry => entry.Path));
        Assert.Equal(2, listing.Entries[2].Size);
    }

    [Fact]
    public async Task A_million_entries_are_refused_before_they_fill_the_memory()
    {
        var sent = 0;
        await using var connection = new ScriptedConnection(async (stream, cancel) =>
        {
            await stream.WriteAsync(Text(Hello), cancel);
            for (; sent < 1_000_000; sent += 1000)
                await stream.WriteAsync(Text(string.Concat(Enumerable.Range(sent, 1000).Select(at => Entry("f 644", $"./etc/{at}")))), cancel);
        });
        await using var session = await OpenAsync(connection, CaptureLimits.Default with { Entries = 20_000 });

        var problem = await Assert.ThrowsAsync<CaptureBrokenException>(() => session.ListAsync(Cancel));

        Assert.Contains("more than 20000 entries", problem.Message, StringComparison.Ordinal);
        Assert.InRange(sent, 20_000, 100_000);
    }

    [Fact]
    public async Task A_flood_ends_at_the_limit()
    {
        await using var connection = new ScriptedConnection(async (stream, cancel) =>
        {
            await stream.WriteAsync(Text(Hello + ".\0\0tar\n"), cancel);
            await stream.WriteAsync(TarText.Entry("./flood", '0', [], size: "77777777777"), cancel);
            while (true)
                await stream.WriteAsync(new byte[1 << 16], cancel);
        });
        await using var session = await OpenAsync(connection, CaptureLimits.Default with { TotalBytes = 32 << 20 });
        await session.ListAsync(Cancel);

        var problem = await Assert.ThrowsAsync<CaptureBrokenException>(() => session.ToolsAsync(Cancel));

        Assert.Contains("more than 32 MiB", problem.Message, StringComparison.Ordinal);
        Assert.InRange(session.Bytes.In, 32 << 20, 33 << 20);
    }

    [Theory]
    [InlineData(121, "was silent for 120 seconds")]
    [InlineData(601, "did not finish within 600 seconds")]
    public async Task A_server_that_hangs_is_given_up(int seconds, string cause)
    {
        var clock = new FakeTimeProvider();
        var connection = new ScriptedConnection((_, cancel) => Task.Delay(Timeout.Infinite, cancel));
        var limits = seconds > 600 ? CaptureLimits.Default with { Silence = TimeSpan.FromHours(1) } : CaptureLimits.Default;
        var opening = CaptureSession.OpenAsync(connection, Script, limits, clock, Cancel);

        clock.Advance(TimeSpan.FromSeconds(seconds));

        var problem = await Assert.ThrowsAsync<CaptureBrokenException>(() => opening);
        Assert.Contains(cause, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_can_be_called_off()
    {
        using var stop = new CancellationTokenSource();
        var opening = CaptureSession.OpenAsync(new ScriptedConnection((_, cancel) => Task.Delay(Timeout.Infinite, cancel)), Script, CaptureLimits.Default, TimeProvider.System, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    private static string Entry(string kindAndMode, string path, long size = 0) =>
        $"{kindAndMode} 0 0 {size} 1600000000.25 1600000000.25 1 1 {path.GetHashCode(StringComparison.Ordinal) & 0xFFFF}\0{path}\0\0";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    // Only where the server really stops is the end of the connection the cause.
    private static void AssertClear(HostException problem, string what)
    {
        var stops = what.StartsWith("cut", StringComparison.Ordinal) || what is "nothing" or "a cut entry" or "no end" or "no second listing" or "wait\nwait\n";
        Assert.True(problem.Message.StartsWith("evil", StringComparison.Ordinal) && !problem.Message.Any(char.IsControl), $"{what}: {problem.Message}");
        Assert.True(stops == problem is ConnectionLostException, $"{what}: {problem.Message}");
    }

    private static Task<CaptureSession> OpenAsync(byte[] sent) => OpenAsync(new ScriptedConnection(sent), CaptureLimits.Default);

    private static Task<CaptureSession> OpenAsync(HostConnection connection, CaptureLimits limits) =>
        CaptureSession.OpenAsync(connection, Script, limits, TimeProvider.System, Cancel);
}
