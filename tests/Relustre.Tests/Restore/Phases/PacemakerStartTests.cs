using Relustre.Facts;
using Relustre.Restore.Phases;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Phases;

/// <summary>A Pacemaker that is alone must be able to do nothing, or not run.</summary>
public sealed class PacemakerStartTests : IDisposable
{
    private const string Alone = "runtime.members.1.status (str) = joined\n";
    private const string Together = "runtime.members.1.status (str) = joined\nruntime.members.2.status (str) = joined\n";

    // Corosync 3.1.7 a second after its start, its partner not yet seen.
    private const string WaitsForAll = """
        Quorum information
        ------------------
        Quorum provider:  corosync_votequorum
        Nodes:            1
        Node ID:          1
        Ring ID:          1.1ae
        Quorate:          No

        Votequorum information
        ----------------------
        Expected votes:   2
        Highest expected: 2
        Total votes:      1
        Quorum:           1 Activity blocked
        Flags:            2Node WaitForAll

        """;

    private readonly TestServer server = new("mds1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public PacemakerStartTests() => server
        .Says("corosync-cmapctl", Alone).Says("corosync-quorumtool", WaitsForAll, exitCode: 2)
        .Program("systemctl", "[ \"$1\" != --quiet ] || exit 1; echo \"$*\" >>/asked; [ $1 = stop ] || [ -e /var/lib/pacemaker/cib/cib.xml ] || echo \"begun $(grep -c start /asked)\" >/var/lib/pacemaker/cib/cib.xml; [ ! -e /$1s-badly ]")
        .Program("date", "read -r now </time; echo $((now + 1)) >/time; echo \"$now\"").File("/time", "1\n").File("/var/run/there", "").File("/var/lib/pacemaker/cib/gone", "").Remove("/var/lib/pacemaker/cib/gone");

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task It_need_not_wait_where_it_has_no_configuration_and_Corosync_gives_nobody_a_vote_before_it_has_seen_all() => Assert.Equal(0, await MayStartAsync());

    [Fact]
    public async Task It_may_start_whatever_lies_there_once_all_are_seen()
    {
        server.Says("corosync-cmapctl", Together).File("/var/lib/pacemaker/cib/cib.xml", "<cib/>").Says("corosync-quorumtool", "Quorate:          Yes\nFlags:            2Node Quorate\n");

        Assert.Equal(0, await MayStartAsync());
    }

    [Theory]
    [InlineData("/var/lib/pacemaker/cib/cib.xml")]
    [InlineData("/var/lib/pacemaker/cib/cib-1.raw")]
    [InlineData("/var/lib/heartbeat/crm/cib.xml")]
    public async Task With_a_configuration_of_its_own_it_waits(string path)
    {
        server.File(path, "<cib/>");

        Assert.Equal(1, await MayStartAsync());
    }

    [Theory]
    [InlineData("Quorate:          Yes\nFlags:            2Node Quorate\n", 0)]
    [InlineData("Quorate:          Yes\nFlags:            2Node Quorate WaitForAll\n", 0)]
    [InlineData("Quorate:          No\nFlags:\n", 2)]
    [InlineData("Quorate:          No\nFlags:            WaitForAll\n", 2)] // Of three, any that has quorum lends it.
    [InlineData("Cannot initialize QUORUM service\n", 1)]
    [InlineData("", 127)]
    public async Task Where_Corosync_may_give_it_a_vote_alone_it_waits(string said, int exitCode)
    {
        server.Says("corosync-quorumtool", said, exitCode);

        Assert.Equal(1, await MayStartAsync());
    }

    [Fact]
    public async Task Where_sbd_ends_a_server_without_quorum_it_waits()
    {
        server.Program("systemctl", "[ \"$*\" = '--quiet is-enabled sbd' ]");

        Assert.Equal(1, await MayStartAsync());
    }

    [Fact]
    public async Task It_stays_when_the_others_are_seen_in_time()
    {
        SeesAllAt(3);

        Assert.Equal((0, ""), await StartAsync());
        Assert.Equal(["start pacemaker"], Asked);
    }

    [Fact]
    public async Task When_they_are_seen_late_it_starts_anew_without_what_it_began_alone()
    {
        SeesAllAt(30);

        Assert.Equal((0, "corosync has seen 2 members late\n"), await StartAsync());
        Assert.Equal(["start pacemaker", "stop pacemaker", "start pacemaker"], Asked);
        Assert.Equal("begun 2\n", Cib);
    }

    [Fact]
    public async Task When_they_are_not_seen_it_does_not_run()
    {
        var (code, said) = await StartAsync();

        Assert.Equal(1, code);
        Assert.Contains("corosync does not see 2 members: look at", said, StringComparison.Ordinal);
        Assert.Equal(["start pacemaker", "stop pacemaker"], Asked);
        Assert.Null(Cib);
    }

    [Fact]
    public async Task What_lies_there_stays_and_what_an_earlier_attempt_left_running_is_stopped_until_all_are_seen()
    {
        SeesAllAt(30);
        server.File("/var/lib/pacemaker/cib/cib.xml", "<cib/>");

        Assert.Equal(0, (await StartAsync()).Code);
        Assert.Equal(["stop pacemaker", "start pacemaker"], Asked);
        Assert.Equal("<cib/>", Cib);
    }

    [Theory]
    [InlineData("Quorate:          Yes\nFlags:            2Node Quorate WaitForAll\n")]
    [InlineData("Quorate:          Yes\nFlags:            Quorate\n")]
    [InlineData("")]
    public async Task One_that_has_a_vote_or_may_have_one_serves_and_is_not_stopped(string said)
    {
        server.Says("corosync-quorumtool", said).File("/var/lib/pacemaker/cib/cib.xml", "<cib/>");

        Assert.Equal(1, (await StartAsync()).Code);
        Assert.Empty(Asked);
        Assert.Equal("<cib/>", Cib);
    }

    [Fact]
    public async Task One_that_got_a_vote_while_it_was_alone_keeps_what_it_has()
    {
        server.Program("corosync-quorumtool", $"[ ! -e /asked ] || {{ echo 'Quorate: Yes'; exit; }}; cat /waits").File("/waits", WaitsForAll);

        Assert.Equal(1, (await StartAsync()).Code);
        Assert.Equal(["start pacemaker"], Asked);
        Assert.Equal("begun 1\n", Cib);
    }

    [Fact]
    public async Task Of_one_that_does_not_stop_nothing_is_taken_away()
    {
        server.File("/stops-badly", "");

        var (code, said) = await StartAsync();

        Assert.Equal(1, code);
        Assert.Contains("pacemaker does not stop", said, StringComparison.Ordinal);
        Assert.Equal("begun 1\n", Cib);
    }

    [Fact]
    public async Task A_second_attempt_waits_for_the_first()
    {
        SeesAllAt(30);

        var both = await Task.WhenAll(StartAsync(), StartAsync());

        Assert.All(both, one => Assert.Equal(0, one.Code));
        Assert.Equal(["start pacemaker", "stop pacemaker", "start pacemaker", "start pacemaker"], Asked);
    }

    [Fact]
    public async Task One_that_does_not_start_is_not_waited_for()
    {
        server.File("/starts-badly", "");

        Assert.Equal(1, (await StartAsync()).Code);
        Assert.Equal(["start pacemaker"], Asked);
    }

    private void SeesAllAt(int second) =>
        server.Program("corosync-cmapctl", $"read -r now </time; [ \"$now\" -lt {second} ] || echo 'runtime.members.2.status (str) = joined'; echo 'runtime.members.1.status (str) = joined'");

    private string[] Asked => File.Exists(server.Path("/asked")) ? File.ReadAllLines(server.Path("/asked")) : [];

    private string? Cib => File.Exists(server.Path("/var/lib/pacemaker/cib/cib.xml")) ? File.ReadAllText(server.Path("/var/lib/pacemaker/cib/cib.xml")) : null;

    private async Task<int> MayStartAsync() => (await server.Shell.RunAsync(Assert.IsType<Verify>(Step("see that corosync")).Check.Command, Cancel)).ExitCode;

    private async Task<(int Code, string Said)> StartAsync()
    {
        var result = await server.Shell.RunAsync(Step("start pacemaker").On(Context.Platform), Cancel);
        return (result.ExitCode, result.Output);
    }

    private static RestoreStep Step(string begin) =>
        RejoinPhase.Steps(Context, new ServerTies("mds1", new PacemakerFacts { IsLive = true, IsWhole = true, AdminEpoch = 0, Epoch = 1, Updates = 0 }, ["mds2"]), isAfterReboot: true)
            .Select(step => step.Step).First(step => step.Summary.StartsWith(begin, StringComparison.Ordinal));

    private static RestoreContext Context { get; } = new()
    {
        Platform = new Platform { EnterpriseLinux = 7, HasSystemd = true },
        Found = new Dictionary<string, ComponentFacts>(),
        Wanted = new Dictionary<string, ComponentFacts>(),
    };
}
