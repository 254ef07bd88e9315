using Relustre.Facts;
using Relustre.Restore.Phases;

namespace Relustre.Tests.Restore.Phases;

/// <summary>A resource comes home by a move, of which nothing is left.</summary>
public sealed class BringHomeTests : IDisposable
{
    private readonly TestServer server = new("mds1");

    public BringHomeTests() => server
        .Program("cibadmin", """
            echo "cibadmin $1" >>/asked
            case "$*" in
            *"[@uname='mds1']//lrm_resource[@id='MGS']/lrm_rsc_op[@operation='start'][@rc-code='0']") [ -e /moved ] && [ -e /tells ] && [ "$(grep -c query /asked)" -gt 3 ] ;;
            "--delete --scope constraints --xml-text <rsc_location id=\"cli-prefer-MGS\"/>") rm -f /cli-prefer ;;
            *"//rsc_location[@rsc='MGS'][starts-with(@id,'cli-')]") [ -e /cli-prefer ] || [ -e /cli-other ] ;;
            *) exit 64 ;;
            esac
            """)
        .Program("crm_resource", """
            echo "crm_resource $*" >>/asked
            case "$*" in
            "--resource MGS --locate") [ ! -e /moved ] || echo "resource MGS is running on: mds1" ;;
            "--move --resource MGS --node mds1") [ ! -e /refuses ] || exit 108; : >/cli-prefer; [ -e /stuck ] || : >/moved ;;
            "--clear --resource MGS") rm -f /cli-prefer /cli-other ;;
            *) exit 64 ;;
            esac
            """)
        .Program("crm_mon", "echo '  * MGS (ocf::chroma:Target): Started mds2'")
        .Program("sleep", ":").Program("date", "read -r now </time; echo $((now + 30)) >/time; echo \"$now\"").File("/time", "1\n").File("/tells", "");

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task The_configuration_tells_that_it_has_come_and_the_move_is_taken_away()
    {
        Assert.Equal((0, ""), await HomeAsync());
        Assert.Equal(["crm_resource --move --resource MGS --node mds1"], Asked);
        Assert.False(File.Exists(server.Path("/cli-prefer")));
    }

    [Fact]
    public async Task What_is_here_is_not_moved_and_a_move_that_was_cut_off_is_taken_away()
    {
        server.File("/moved", "").File("/cli-prefer", "").File("/asked", "query\nquery\nquery\n");

        Assert.Equal((0, ""), await HomeAsync());
        Assert.Empty(Asked);
        Assert.False(File.Exists(server.Path("/cli-prefer")));
    }

    [Fact]
    public async Task Of_a_group_the_cluster_is_asked_now_and_then()
    {
        server.Remove("/tells");

        Assert.Equal((0, ""), await HomeAsync());
        Assert.Equal(["crm_resource --move --resource MGS --node mds1", "crm_resource --resource MGS --locate"], Asked);
    }

    [Fact]
    public async Task A_group_that_is_here_already_cannot_be_moved_which_is_no_failure()
    {
        server.Remove("/tells").File("/moved", "").File("/refuses", "");

        Assert.Equal(0, (await HomeAsync()).Code);
    }

    [Fact]
    public async Task One_that_cannot_be_moved_is_no_longer_waited_for()
    {
        server.File("/refuses", "");

        Assert.Equal(108, (await HomeAsync()).Code);
    }

    [Fact]
    public async Task One_that_does_not_come_is_told_of_and_is_not_drawn_here_any_more()
    {
        server.File("/stuck", "");

        var (code, said) = await HomeAsync();

        Assert.Equal(1, code);
        Assert.Equal("MGS did not come to mds1 within 600 s\n  * MGS (ocf::chroma:Target): Started mds2\n", said);
        Assert.False(File.Exists(server.Path("/cli-prefer")));
    }

    [Fact]
    public async Task What_a_move_left_under_another_name_crm_resource_takes_away()
    {
        server.File("/cli-other", "");

        Assert.Equal(0, (await HomeAsync()).Code);
        Assert.Contains("crm_resource --clear --resource MGS", Asked);
        Assert.False(File.Exists(server.Path("/cli-other")));
    }

    private IEnumerable<string> Asked => File.ReadAllLines(server.Path("/asked")).Where(line => line.StartsWith("crm_resource", StringComparison.Ordinal));

    private async Task<(int Code, string Said)> HomeAsync()
    {
        var cluster = new PacemakerFacts
        {
            IsLive = true,
            IsWhole = true,
            AdminEpoch = 0,
            Epoch = 1,
            Updates = 0,
            Locations = [Prefers("mds1", "20"), Prefers("mds2", "10")],
        };
        var context = new RestoreContext
        {
            Platform = new Platform { EnterpriseLinux = 7, HasSystemd = true },
            Found = new Dictionary<string, ComponentFacts>(),
            Wanted = new Dictionary<string, ComponentFacts>(),
        };
        var step = FailbackPhase.Steps(context, new ServerTies("mds1", cluster, ["mds2"])).Single(step => step.Step.Summary == "bring MGS home");
        var result = await server.Shell.RunAsync(step.Step.On(context.Platform), TestContext.Current.CancellationToken);
        return (result.ExitCode, result.Output);
    }

    private static ClusterLocation Prefers(string node, string score) => new() { Id = $"MGS-on-{node}", Resource = "MGS", Node = node, Score = score };
}
