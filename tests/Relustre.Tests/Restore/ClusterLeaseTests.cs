using Relustre.Restore;
using Relustre.Tests.Restore.Gates;

namespace Relustre.Tests.Restore;

/// <summary>What is lent of a cluster comes back by itself, and leaves the cluster as it was.</summary>
public abstract class ClusterLeaseTests : IDisposable
{
    // The cluster's properties are files that both servers see, as they are in a cluster.
    private const string Attribute = """
        while [ $# -gt 0 ]; do case $1 in --name) name=$2; shift ;; --update) echo "$2" >/shared/"$name"; echo "$name=$2" >>/tmp/log ;;
            --query) [ ! -e /shared/deaf ] || { rm /shared/deaf; exit 102; }; cat /shared/"$name" 2>/dev/null || exit 6 ;;
            --delete) [ -e /shared/"$name" ] || exit 105; rm -f /shared/"$name"; echo "$name gone" >>/tmp/log ;; esac; shift; done
        """;

    private readonly LeaseKind kind;

    protected ClusterLeaseTests(LeaseKind kind)
    {
        this.kind = kind;
        Pair.Cluster();
        foreach (var server in new[] { Pair.Host, Pair.Partner })
        {
            server.Program("crm_attribute", Attribute).Says("cibadmin", "<cib/>").File($"/shared/{kind.Setting}", $"{kind.Before}\n").Program("sleep", "exit 0");
            // Armed timers are noted, and run when the test says that their time has come.
            server.Program("setsid", "shift 4; echo \"$1\" >/tmp/seconds; shift; printf '%s' \"$1\" >/tmp/undo.sh; shift 2; echo \"$*\" >/tmp/undo.new; mv /tmp/undo.new /tmp/undo.words");
        }
    }

    private protected GatePair Pair { get; } = new();

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected string? Setting => Said(kind.Setting);

    public void Dispose()
    {
        Pair.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0, "a reason")]
    [InlineData(25 * 3600, "a reason")]
    [InlineData(60, "  ")]
    public async Task Without_a_limit_and_a_reason_nothing_is_lent(int seconds, string reason)
    {
        await Assert.ThrowsAsync<RestoreException>(() => TakeAsync(seconds, reason));

        Assert.Equal(kind.Before, Setting);
        Assert.False(File.Exists(Pair.Partner.Path("/tmp/undo.sh")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lease_is_seen_by_all_with_its_reason_and_ended_by_any_nodes_timer_as_if_it_had_not_been(bool wasSet)
    {
        if (!wasSet)
            Pair.Partner.Remove($"/shared/{kind.Setting}");

        var lease = await TakeAsync(600, "the BMC of mds1 is being replaced");

        Assert.Equal(kind.During, Setting);
        await ArmedAsync();
        Assert.Equal("600", File.ReadAllText(Pair.Partner.Path("/tmp/seconds")).Trim());
        Assert.Equal(lease with { Until = DateTimeOffset.FromUnixTimeSeconds(lease.Until.ToUnixTimeSeconds()) }, await FindAsync());
        await TimerAsync();
        Assert.Equal(wasSet ? kind.Before : null, Setting);
        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ended_before_its_time_it_is_gone_and_the_timer_finds_nothing_to_do(bool wasSet)
    {
        if (!wasSet)
            Pair.Partner.Remove($"/shared/{kind.Setting}");
        await TakeAsync();

        await (await FindAsync())!.EndAsync(Pair.Partner.Shell, Cancel);

        Assert.Equal(wasSet ? kind.Before : null, Setting);
        Assert.Null(await FindAsync());
        Pair.Partner.File($"/shared/{kind.Setting}", "of somebody else\n");
        await TimerAsync();
        Assert.Equal("of somebody else", Setting);
    }

    [Fact]
    public async Task The_timer_is_armed_before_anything_is_lent()
    {
        Pair.Partner.Program("systemd-run", "exit 1");
        Directory.CreateDirectory(Pair.Partner.Path("/run/systemd/system"));

        await Assert.ThrowsAsync<RestoreException>(() => TakeAsync());

        Assert.Equal(kind.Before, Setting);
    }

    [Fact]
    public async Task A_timer_of_another_lease_lets_this_one_be()
    {
        await TakeAsync();
        Write("0badcafe 99999999999 - somebody another");

        await TimerAsync();

        Assert.Equal(kind.During, Setting);
        Assert.Equal("another", (await FindAsync())!.Reason);
    }

    [Fact]
    public async Task A_timer_whose_cluster_does_not_answer_at_that_moment_tries_again()
    {
        await TakeAsync();
        Pair.Partner.File("/shared/deaf", "");

        await TimerAsync();

        Assert.Equal(kind.Before, Setting);
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task A_timer_that_goes_off_before_the_lease_stands_waits_for_it()
    {
        await TakeAsync();
        File.Move(Pair.Partner.Path($"/shared/{kind.Property}"), Pair.Partner.Path("/shared/on-its-way"));
        Pair.Partner.Program("sleep", $"[ ! -e /shared/on-its-way ] || mv /shared/on-its-way /shared/{kind.Property}");

        await TimerAsync();

        Assert.Equal(kind.Before, Setting);
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Who_has_done_the_same_without_a_lease_is_not_cut_short()
    {
        Pair.Partner.File($"/shared/{kind.Setting}", $"{kind.During}\n");

        var refused = await Assert.ThrowsAsync<RestoreException>(() => TakeAsync());

        Assert.Contains($"by no lease: nothing ends it by itself, 'pcs property set {kind.Setting}={kind.Before}' does", refused.Message, StringComparison.Ordinal);
        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("1 99999999999999999999 - x y")]
    [InlineData("1 9223372036854775807 - x y")]
    [InlineData("1 9999999999 rubbish x y")]
    [InlineData("1 9999999999 $(touch${IFS}/shared/harm) x y")]
    [InlineData("1 9999999999 -- x '; touch /shared/harm; '")]
    [InlineData("1 9999999999 --help \u001b[2J y")]
    public async Task One_that_nobody_can_read_is_a_lease_all_the_same_and_harms_nobody(string text)
    {
        Write(text);
        Pair.Partner.File($"/shared/{kind.Setting}", $"{kind.During}\n");

        var lease = (await FindAsync())!;

        Assert.EndsWith("It is over, and no node has ended it", lease.ShownAt(TimeProvider.System.GetUtcNow()), StringComparison.Ordinal);
        Assert.DoesNotContain(lease.Shown, char.IsControl);
        await lease.EndAsync(Pair.Partner.Shell, Cancel);
        Assert.Equal(kind.Before, Setting);
        Assert.False(File.Exists(Pair.Partner.Path("/shared/harm")));
    }

    [Fact]
    public async Task A_reason_harms_neither_the_cluster_nor_its_nodes()
    {
        await TakeAsync(reason: "it's \"new\" $(touch /shared/harm) `touch /shared/harm` \u001b[2J\n; touch /shared/harm");

        await TimerAsync();

        Assert.Equal(kind.Before, Setting);
        Assert.False(File.Exists(Pair.Partner.Path("/shared/harm")));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_not_taken_for_one_without_a_lease()
    {
        Pair.Partner.Says("cibadmin", "", exitCode: 102);

        Assert.Contains($"does not tell whether {kind.Doubt}", (await Assert.ThrowsAsync<RestoreException>(() => FindAsync())).Message, StringComparison.Ordinal);
    }

    private protected void Write(string lease) => Pair.Partner.File($"/shared/{kind.Property}", $"{lease}\n");

    private protected Task<ClusterLease> TakeAsync(int seconds = 60, string reason = "a reason", bool isOpened = true) =>
        ClusterLease.TakeAsync(kind, isOpened, [Pair.Partner.Shell], TimeSpan.FromSeconds(seconds), reason, TimeProvider.System, Cancel);

    private async Task<ClusterLease?> FindAsync() => (await ClusterLease.FindAsync(kind, Pair.Partner.Shell, Cancel)).Lease;

    private protected async Task TimerAsync()
    {
        await ArmedAsync();
        var ran = await Pair.Partner.Shell.RunAsync(new("sh", "-c", "sh -c \"$(cat /tmp/undo.sh)\" undo $(cat /tmp/undo.words)"), Cancel);
        Assert.True(ran.IsDone, ran.Output);
    }

    // What sleeps is a process of the server's own: it writes what it was given when it is started, its words last, which may be a moment later.
    private async Task ArmedAsync() =>
        Assert.True((await Pair.Partner.Shell.RunAsync(new("sh", "-c", "until [ -s /tmp/undo.words ]; do :; done"), Cancel)).IsDone);

    private string? Said(string property) =>
        Pair.Partner.Path($"/shared/{property}") is var path && File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n') : null;
}
