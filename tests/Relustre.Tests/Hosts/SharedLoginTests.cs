using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Hosts;

/// <summary>Who comes over which connection, as the server sees it: by the client's port.</summary>
public sealed class SharedLoginTests(SshServer server) : IClassFixture<SshServer>
{
    private const string Which = "set -- $SSH_CONNECTION; echo $2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_of_all_kinds_come_over_one_connection()
    {
        await using var shells = new HostShells(TimeProvider.System);
        var shell = shells.Of(server.Host);

        Assert.Null(shell.Through.ControlPath);
        var first = await AskAsync(shell);

        Assert.Equal(first, await AskAsync(shells.Of(server.Host with { Address = "127.0.0.1" })));
        Assert.Equal(first, await CaptureAsync(shell.Through));
        Assert.NotEqual(first, await CaptureAsync(server.Host));
    }

    [Fact]
    public async Task Whoever_need_not_wait_does_not_and_is_served_by_a_login_that_was_begun()
    {
        await using var shell = new HostShell(server.Host, TimeProvider.System);

        shell.Begin(Cancel);
        for (var waited = 0; shell.Through.ControlPath is null; waited++)
        {
            Assert.True(waited < 500, "the login that was begun never opened");
            await Task.Delay(20, Cancel);
        }

        Assert.Equal(await CaptureAsync(shell.Through), await AskAsync(shell));
    }

    [Fact]
    public async Task After_a_hang_up_and_after_a_cut_another_connection_is_shared()
    {
        await using var shell = new HostShell(server.Host, TimeProvider.System);
        var first = await AskAsync(shell);

        await shell.HangUpAsync();
        Assert.Null(shell.Through.ControlPath);
        var second = await AskAsync(shell);
        Assert.NotEqual(first, second);

        // The process of sshd's behind the connection: its children are its sessions.
        var cut = shell.RunAsync(new RemoteCommand("sh", "-c", "p=$PPID; until ps -o comm= -p \"$p\" | grep -q '^sshd'; do p=$(ps -o ppid= -p \"$p\" | tr -d ' '); done; kill -9 \"$p\"; sleep 5"), Cancel);
        await Assert.ThrowsAnyAsync<HostException>(() => cut);
        var after = await Task.WhenAll(AskAsync(shell), AskAsync(shell));

        Assert.NotEqual(second, after[0]);
        Assert.Equal(after[0], after[1]);
        Assert.Equal(after[0], await CaptureAsync(shell.Through));
    }

    [Fact]
    public async Task A_host_that_nobody_can_log_in_to_is_explained_as_without_a_shared_login()
    {
        await using var shell = new HostShell(server.Host with { KnownHostsFile = server.OtherKnownHosts() }, TimeProvider.System);

        var changed = await Assert.ThrowsAsync<HostKeyChangedException>(() => AskAsync(shell));

        Assert.Contains($"ssh-keygen -f {server.OtherKnownHosts()} -R '[127.0.0.1]:{server.Port}'", changed.Message, StringComparison.Ordinal);
        Assert.Null(shell.Through.ControlPath);
    }

    private static async Task<string> AskAsync(HostShell shell) => (await shell.RunAsync(new RemoteCommand("sh", "-c", $"sleep 0.2; {Which}"), Cancel)).Output.Trim();

    private static async Task<string> CaptureAsync(Host host)
    {
        await using var connection = HostConnection.Open(host, Which);
        using var reader = new StreamReader(connection.Output);
        return (await reader.ReadToEndAsync(Cancel)).Trim();
    }
}
