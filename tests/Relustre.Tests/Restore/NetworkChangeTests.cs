using System.Text;
using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Steps;

namespace Relustre.Tests.Restore;

/// <summary>The network is changed so that the server itself goes back when nobody reaches it; NetworkManager is played by a script.</summary>
public sealed class NetworkChangeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-network");
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Work => Path.Combine(folder.FullName, "work");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_network_that_is_confirmed_over_a_new_connection_stays()
    {
        HasNetworkManager();
        Has("ifcfg-a", "old");
        foreach (var step in Steps())
            Assert.Equal((0, ""), await DoAsync(step, limit: 1000));

        Assert.Equal(("new", "fresh", false), (Says("ifcfg-a"), Says("ifcfg-b"), File.Exists(At("ifcfg-c"))));
        Assert.Equal(["connection reload", "networking off", "networking on"], File.ReadAllLines(At("asked")).Where(line => !line.StartsWith("-t", StringComparison.Ordinal)));
        // The fall-back ends when it sees that, and whoever repeats a step repeats nothing.
        await UntilAsync($"! kill -0 {File.ReadAllText($"{Work}/armed").Trim()}");
        File.Delete(At("asked"));
        foreach (var step in Steps().Skip(3))
            Assert.Equal((0, ""), await DoAsync(step, limit: 1));
        Assert.False(File.Exists(At("asked")));
        Assert.Equal("new", Says("ifcfg-a"));
    }

    [Fact]
    public async Task A_network_that_nobody_confirms_is_put_back_by_the_server_itself()
    {
        HasNetworkManager();
        Has("ifcfg-a", "old");
        Has("ifcfg-c", "extra");
        foreach (var step in Steps().SkipLast(1))
            Assert.Equal((0, ""), await DoAsync(step, limit: 0));

        await UntilAsync($"[ -e {Work}/decided/back ]");

        Assert.Equal(("old", false, "extra"), (Says("ifcfg-a"), File.Exists(At("ifcfg-b")), Says("ifcfg-c")));
        Assert.Equal(2, File.ReadAllLines(At("asked")).Count(line => line == "networking on"));
        var (code, output) = await DoAsync(Steps()[^1], limit: 0);
        Assert.Equal(1, code);
        Assert.Contains("put back the one that it had", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_change_waits_for_its_confirmation_no_other_begins()
    {
        HasNetworkManager();
        Has("ifcfg-a", "old");
        foreach (var step in Steps().SkipLast(1))
            await DoAsync(step, limit: 1000);

        Assert.Equal(1, (await DoAsync(Steps()[0], limit: 1000)).Code);

        Assert.Equal(0, (await DoAsync(Steps()[^1], limit: 1000)).Code);
        Assert.Equal(0, (await DoAsync(Steps()[0], limit: 1000)).Code);
    }

    [Fact]
    public void Where_no_address_changes_files_are_written_and_nothing_is_applied()
    {
        var wanted = Facts(["eth0"], ["10.0.0.1/24"]);

        Assert.Equal(["write /etc/x"], NetworkChange.Steps([Write("/etc/x", "")], wanted, Facts(["eth0"], ["10.0.0.1/24"]), waitsForBoot: false).Select(step => step.Summary));
        Assert.Equal(4, NetworkChange.Steps([Write("/etc/x", "")], wanted, Facts(["eth0"], ["10.0.0.9/24"]), waitsForBoot: false).Count);
        Assert.Single(NetworkChange.Steps([Write("/etc/x", "")], wanted, Facts(["eth0"], ["10.0.0.9/24"]), waitsForBoot: true));
        Assert.Empty(NetworkChange.Steps([], wanted, Facts(["eth0"], ["10.0.0.9/24"]), waitsForBoot: false));
        Assert.Single(NetworkChange.Steps([Write("/etc/x", "")], wanted, new NetworkFacts { Interfaces = [], Routes = [], Profiles = [] }, waitsForBoot: false));
    }

    [Fact]
    public void What_a_server_is_given_by_DHCP_changes_nothing()
    {
        var given = Facts(["eth0"], ["192.0.2.7/24"]);
        var wanted = given with { Profiles = [new() { File = "x", Device = "eth0", Method = "dhcp", StartsAtBoot = true }] };

        Assert.False(NetworkChange.ChangesAddresses(wanted, given));
        Assert.True(NetworkChange.ChangesAddresses(wanted, Facts(["eth1"], ["192.0.2.7/24"])));
    }

    private static NetworkFacts Facts(string[] names, string[] addresses) => new()
    {
        Interfaces = [.. names.Select(name => new NetworkFacts.Interface { Name = name, Mac = "00:00:00:00:00:01", Kind = NetworkFacts.LinkKind.Ethernet, Addresses = addresses })],
        Routes = [],
        Profiles = [.. names.Select(name => new NetworkFacts.Profile { File = $"ifcfg-{name}", Device = name, Method = "none", Addresses = addresses, StartsAtBoot = true })],
    };

    private IReadOnlyList<RestoreStep> Steps() => NetworkChange.Steps(
        [Write(At("ifcfg-a"), "new"), Write(At("ifcfg-b"), "fresh"), new RemoveFile(At("ifcfg-c"), IsFolder: false)],
        Facts(["eth0"], ["10.0.0.1/24"]), Facts(["eth0"], ["10.0.0.9/24"]), waitsForBoot: false);

    private static WriteFile Write(string path, string text) => new(new CapturedFile
    {
        Path = path,
        Kind = FileKind.File,
        Mode = 0x1A4,
        User = Environment.UserName,
        Content = Encoding.UTF8.GetBytes(text),
    });

    // As a restore does it: a connection that came too early is given up for another.
    private async Task<(int Code, string Output)> DoAsync(RestoreStep step, int limit)
    {
        while (true)
            if (await DoOnceAsync(step, limit) is var done && done.Code != RestoreStep.TooEarly)
                return done;
    }

    // Only here the folder is another one than on a server, and the limit.
    private async Task<(int Code, string Output)> DoOnceAsync(RestoreStep step, int limit)
    {
        var command = step.On(new Platform());
        IReadOnlyList<string> arguments =
        [
            "env", $"PATH={folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            .. command.Arguments.Select(argument => argument == NetworkChange.Folder ? Work : argument == $"{FallBack.Patience}" ? $"{limit}" : argument),
        ];
        var result = await shell.RunAsync(new RemoteCommand(arguments) { Input = command.Input, TimeLimit = 60 }, Cancel);
        return (result.ExitCode, result.Output);
    }

    private async Task UntilAsync(string condition) =>
        Assert.Equal(0, (await shell.RunAsync(new("sh", "-c", $"until {condition} 2>/dev/null; do sleep 0.1; done"), Cancel)).ExitCode);

    private void HasNetworkManager()
    {
        if (Directory.Exists("/etc/netplan"))
            Assert.Skip("this machine has a netplan");
        Has("nmcli", $"#!/bin/sh\necho \"$@\" >>'{folder.FullName}/asked'\ncase $* in *RUNNING*) echo running ;; esac\n");
        File.SetUnixFileMode(At("nmcli"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Has(string name, string text) => File.WriteAllText(At(name), text);

    private string Says(string name) => File.ReadAllText(At(name));
}
