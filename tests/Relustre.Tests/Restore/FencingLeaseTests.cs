using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Tests.Restore.Gates;

namespace Relustre.Tests.Restore;

/// <summary>Fencing is only ever lent, and comes back by itself.</summary>
public sealed class FencingLeaseTests : IDisposable
{
    // The cluster's properties are files that both servers see, as they are in a cluster.
    private const string Attribute = """
        while [ $# -gt 0 ]; do case $1 in --name) name=$2; shift ;; --update) echo "$2" >/shared/"$name"; echo "$name=$2" >>/tmp/log ;;
            --query) cat /shared/"$name" 2>/dev/null || exit 6 ;; --delete) rm -f /shared/"$name"; echo "$name gone" >>/tmp/log ;; esac; shift; done
        """;

    private readonly GatePair pair = new();
    private readonly OpenRestore restore;

    public FencingLeaseTests()
    {
        restore = pair.Book.Start(pair.View.Plan, []);
        pair.Cluster();
        foreach (var server in new[] { pair.Host, pair.Partner })
        {
            server.Program("crm_attribute", Attribute).Says("cibadmin", "<cib/>").File("/shared/stonith-enabled", "true\n");
            // Armed timers are noted, and run when the test says that their time has come.
            server.Program("setsid", "shift 4; echo \"$1\" >/tmp/seconds; printf '%s' \"$2\" >/tmp/undo.sh; echo \"$4\" >/tmp/undo.id");
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        restore.Dispose();
        pair.Dispose();
    }

    [Fact]
    public async Task Without_the_gates_name_nothing_is_suspended()
    {
        var refused = await Assert.ThrowsAsync<RestoreException>(() => TakeAsync());

        Assert.Contains("--open-gate fencing-suspended", refused.Message, StringComparison.Ordinal);
        Assert.Equal("true\n", Said("stonith-enabled"));
        Assert.False(File.Exists(pair.Partner.Path("/tmp/undo.sh")));
    }

    [Theory]
    [InlineData(0, "a reason")]
    [InlineData(9 * 3600, "a reason")]
    [InlineData(60, "  ")]
    public async Task Nor_without_a_limit_and_a_reason(int seconds, string reason)
    {
        restore.Journal.Note(JournalKind.GateOpened, text: "fencing-suspended");

        await Assert.ThrowsAsync<RestoreException>(() => TakeAsync(seconds, reason));

        Assert.Equal("true\n", Said("stonith-enabled"));
    }

    [Fact]
    public async Task A_lease_is_seen_by_all_with_its_reason_and_ended_by_any_nodes_timer()
    {
        restore.Journal.Note(JournalKind.GateOpened, text: "fencing-suspended");
        await pair.OpensAsync(new FencingSuspended(), "nobody has suspended fencing");

        var lease = await TakeAsync(600, "the BMC of mds1 is being replaced");

        Assert.Equal("false\n", Said("stonith-enabled"));
        Assert.Equal("600", File.ReadAllText(pair.Partner.Path("/tmp/seconds")).Trim());
        Assert.Equal(lease with { Until = DateTimeOffset.FromUnixTimeSeconds(lease.Until.ToUnixTimeSeconds()) }, await FencingLease.FindAsync(pair.Partner.Shell, Cancel));
        await pair.RefusesAsync(new FencingSuspended(), "the BMC of mds1 is being replaced");

        await TimerAsync();
        Assert.Equal("true\n", Said("stonith-enabled"));
        Assert.Null(await FencingLease.FindAsync(pair.Partner.Shell, Cancel));
        await pair.OpensAsync(new FencingSuspended());
    }

    [Fact]
    public async Task The_timer_is_armed_before_anything_is_suspended()
    {
        restore.Journal.Note(JournalKind.GateOpened, text: "fencing-suspended");
        pair.Partner.Program("setsid", "exit 1").Program("systemd-run", "exit 1");
        Directory.CreateDirectory(pair.Partner.Path("/run/systemd/system"));

        await Assert.ThrowsAsync<RestoreException>(() => TakeAsync());

        Assert.Equal("true\n", Said("stonith-enabled"));
    }

    [Fact]
    public async Task A_timer_of_another_lease_lets_this_one_be()
    {
        restore.Journal.Note(JournalKind.GateOpened, text: "fencing-suspended");
        await TakeAsync();
        pair.Partner.File("/shared/relustre-fencing-lease", "0badcafe 99999999999 somebody another\n");

        await TimerAsync();

        Assert.Equal("false\n", Said("stonith-enabled"));
        Assert.Equal("another", (await FencingLease.FindAsync(pair.Partner.Shell, Cancel))!.Reason);
    }

    [Fact]
    public async Task Ended_before_its_time_it_is_gone()
    {
        restore.Journal.Note(JournalKind.GateOpened, text: "fencing-suspended");
        await TakeAsync();

        await FencingLease.EndAsync(pair.Partner.Shell, Cancel);

        Assert.Equal("true\n", Said("stonith-enabled"));
        Assert.Null(await FencingLease.FindAsync(pair.Partner.Shell, Cancel));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("1 99999999999999999999 x y")]
    [InlineData("1 9223372036854775807 x y")]
    public async Task One_that_nobody_can_read_is_a_lease_all_the_same(string text)
    {
        pair.Partner.File("/shared/relustre-fencing-lease", text + "\n");

        Assert.NotNull(await FencingLease.FindAsync(pair.Partner.Shell, Cancel));
        await pair.RefusesAsync(new FencingSuspended(), "It is over, and no node has ended it");
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_not_taken_for_one_without_a_lease()
    {
        pair.Partner.Says("cibadmin", "", exitCode: 102);

        await Assert.ThrowsAsync<RestoreException>(() => FencingLease.FindAsync(pair.Partner.Shell, Cancel));
        await pair.RefusesAsync(new FencingSuspended(), "does not tell whether its cluster's fencing is suspended");
    }

    private Task<FencingLease> TakeAsync(int seconds = 60, string reason = "a reason") =>
        FencingLease.TakeAsync(restore.Journal.IsOpened("fencing-suspended"), [pair.Partner.Shell], TimeSpan.FromSeconds(seconds), reason, TimeProvider.System, Cancel);

    // What sleeps is a process of the server's own: it writes what it was given when it is started, which may be a moment later.
    private async Task TimerAsync()
    {
        var ran = await pair.Partner.Shell.RunAsync(new("sh", "-c", "until [ -s /tmp/undo.id ]; do sleep 0.01; done; sh -c \"$(cat /tmp/undo.sh)\" undo \"$(cat /tmp/undo.id)\""), Cancel);
        Assert.True(ran.IsDone, ran.Output);
    }

    private string Said(string property) => File.ReadAllText(pair.Partner.Path($"/shared/{property}"));
}
