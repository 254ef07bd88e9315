using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>The gate before all that could disturb a running cluster, asked on this machine.</summary>
public class NodeIsIdleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_serves_nothing_lets_it_through()
    {
        var answer = await new NodeIsIdle().AskAsync(View(new Host(Host.Localhost)), Cancel);

        Assert.True(answer.IsOpen, answer.Reason);
    }

    [Fact]
    public async Task A_server_that_cannot_say_so_does_not()
    {
        // A tree without a shell: chroot fails there.
        var empty = Directory.CreateTempSubdirectory("relustre-empty");
        var answer = await new NodeIsIdle().AskAsync(View(new Host("tree") { Root = empty.FullName }), Cancel);
        empty.Delete();

        Assert.False(answer.IsOpen);
        Assert.Contains("does not tell", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_corosync_closes_it()
    {
        var folder = Directory.CreateTempSubdirectory("relustre-idle");
        var program = Path.Combine(folder.FullName, "corosync");
        File.Copy("/bin/sleep", program);
        using var running = System.Diagnostics.Process.Start(program, "60");

        var answer = await new NodeIsIdle().AskAsync(View(new Host(Host.Localhost)), Cancel);
        running.Kill();
        await running.WaitForExitAsync(Cancel);
        folder.Delete(recursive: true);

        Assert.False(answer.IsOpen);
        Assert.Contains("corosync runs on localhost", answer.Reason, StringComparison.Ordinal);
    }

    private static GateView View(Host host) => new()
    {
        Host = new HostShell(host, TimeProvider.System),
        Wanted = new Dictionary<string, ComponentFacts>(),
        Plan = new RestorePlan
        {
            Host = host.Name,
            Snapshot = "0123",
            SnapshotTime = DateTimeOffset.UnixEpoch,
            MadeAt = DateTimeOffset.UnixEpoch,
            Platform = new Platform(),
            Steps = [],
        },
    };
}
