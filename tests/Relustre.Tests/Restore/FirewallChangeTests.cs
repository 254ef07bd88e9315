using System.Text;
using Relustre.Components;
using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Restore;

/// <summary>Rules that shut out whoever brings them back are taken back by the server itself; systemctl is played by a script.</summary>
public sealed class FirewallChangeTests : IDisposable
{
    private const string Zone = "/etc/firewalld/zones/public.xml";

    private static readonly RestoreContext EL7 = new()
    {
        Platform = new Platform { EnterpriseLinux = 7 },
        Wanted = new Dictionary<string, ComponentFacts>(),
        Found = new Dictionary<string, ComponentFacts>(),
    };

    private readonly TemporaryFolder folder = new();
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rules_are_applied_only_between_what_saves_and_what_confirms_them() =>
        Assert.Equal(["save the present firewall settings on the server", $"write {Zone}",
            $"apply the firewall; without word over a new connection within {FallBack.Patience} s the server puts back what it had", "confirm the firewall over a new connection"],
            Steps().Select(step => step.Summary));

    [Fact]
    public void Where_nothing_differs_nothing_is_applied() => Assert.Empty(new Firewall().Restore(State("<zone/>"), State("<zone/>"), EL7));

    [Fact]
    public async Task Rules_that_are_confirmed_stay()
    {
        Has(systemctl: "exit 0");

        foreach (var step in Steps())
            Assert.Equal((0, ""), await DoAsync(step, limit: 1000));

        Assert.Equal(New, File.ReadAllText(folder["public.xml"]));
        Assert.Equal(["reload-or-restart firewalld", "reload-or-restart ufw", "restart iptables"], File.ReadAllLines(folder["asked"]).Take(3));
    }

    [Fact]
    public async Task A_connection_that_was_there_before_the_rules_does_not_confirm_them()
    {
        Has(systemctl: "exit 0");
        foreach (var step in Steps().SkipLast(1))
            Assert.Equal((0, ""), await DoAsync(step, limit: 1000));
        await UntilAsync($"[ -e {folder["work"]}/applied ]");

        // It sees them applied, and may have been there before them; the one after it was not.
        Assert.Equal(RestoreStep.TooEarly, (await DoOnceAsync(Steps()[^1], limit: 1000)).Code);
        Assert.False(Directory.Exists(folder["work/decided"]));
        Assert.Equal((0, ""), await DoOnceAsync(Steps()[^1], limit: 1000));
    }

    [Fact]
    public async Task Nor_do_two_that_waited_for_them_together()
    {
        Has(systemctl: "sleep 0.1");
        foreach (var step in Steps().SkipLast(1))
            Assert.Equal((0, ""), await DoAsync(step, limit: 1000));
        Assert.False(File.Exists(folder["work/applied"]));

        var both = await Task.WhenAll(DoOnceAsync(Steps()[^1], limit: 1000), DoOnceAsync(Steps()[^1], limit: 1000));

        Assert.True(File.Exists(folder["work/applied"]));
        Assert.All(both, answer => Assert.Equal(RestoreStep.TooEarly, answer.Code));
        Assert.False(Directory.Exists(folder["work/decided"]));
        Assert.Equal((0, ""), await DoOnceAsync(Steps()[^1], limit: 1000));
    }

    [Fact]
    public async Task Rules_that_nobody_confirms_are_taken_back_and_applied_again()
    {
        Has(systemctl: "exit 0");

        foreach (var step in Steps().SkipLast(1))
            Assert.Equal((0, ""), await DoAsync(step, limit: 0));
        await UntilAsync($"[ -e {folder["work"]}/decided/back ]");

        Assert.Equal(Old, File.ReadAllText(folder["public.xml"]));
        Assert.Equal(2, File.ReadAllLines(folder["asked"]).Count(line => line == "reload-or-restart firewalld"));
        var (code, output) = await DoAsync(Steps()[^1], limit: 0);
        Assert.Equal(1, code);
        Assert.Contains("nobody reached the server with the firewall of the backup", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--nic", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_the_firewall_does_not_take_are_not_confirmed()
    {
        Has(systemctl: "exit 1");

        foreach (var step in Steps().SkipLast(1))
            Assert.Equal((0, ""), await DoAsync(step, limit: 1000));
        var (code, output) = await DoAsync(Steps()[^1], limit: 1000);

        Assert.Equal(1, code);
        Assert.Contains("the firewall was not taken", output, StringComparison.Ordinal);
        Directory.CreateDirectory(folder["work/decided"]);
    }

    [Fact]
    public async Task What_counts_as_soon_as_it_is_there_comes_into_place_only_under_the_fall_back()
    {
        Has(systemctl: "exit 0");
        folder.Write("hosts.allow", "sshd: ALL\n");

        foreach (var step in Wrapped().SkipLast(2))
            Assert.Equal((0, ""), await DoAsync(step, limit: 0));
        Assert.Equal((false, "sshd: ALL\n"), (File.Exists(folder["hosts.deny"]), File.ReadAllText(folder["hosts.allow"])));
        Assert.Equal((0, ""), await DoAsync(Wrapped()[^2], limit: 1000));
        Assert.Equal((0, ""), await DoAsync(Wrapped()[^1], limit: 1000));

        Assert.Equal(("ALL: ALL\n", false), (File.ReadAllText(folder["hosts.deny"]), File.Exists(folder["hosts.allow"])));
        Assert.False(File.Exists(folder["hosts.deny.relustre"]));
    }

    [Fact]
    public async Task And_is_taken_back_as_the_rest_is()
    {
        Has(systemctl: "exit 0");
        folder.Write("hosts.allow", "sshd: ALL\n");

        foreach (var step in Wrapped().SkipLast(1))
            Assert.Equal((0, ""), await DoAsync(step, limit: 0));
        await UntilAsync($"[ -e {folder["work"]}/decided/back ]");

        Assert.Equal((false, "sshd: ALL\n"), (File.Exists(folder["hosts.deny"]), File.ReadAllText(folder["hosts.allow"])));
        Assert.Contains("ALL", File.ReadAllText(folder["was-denied"]), StringComparison.Ordinal);
    }

    // The backup denies all, and the server allows ssh.
    private static IReadOnlyList<RestoreStep> Wrapped() => [.. new Firewall().Restore(
        new ComponentState([Text("/etc/hosts.deny", "ALL: ALL\n")], []), new ComponentState([Text("/etc/hosts.allow", "sshd: ALL\n")], []), EL7)];

    private const string Old = "<zone><service name=\"ssh\"/></zone>\n";
    private const string New = "<zone><service name=\"http\"/></zone>\n";

    private static IReadOnlyList<RestoreStep> Steps() => [.. new Firewall().Restore(State(New), State(Old), EL7)];

    private static ComponentState State(string zone) => new([Text(Zone, zone)], []);

    private static CapturedFile Text(string path, string content) =>
        new() { Path = path, Kind = FileKind.File, Mode = 0x1A4, User = Environment.UserName, Content = Encoding.UTF8.GetBytes(content) };

    private void Has(string systemctl)
    {
        folder.Write("public.xml", Old);
        folder.Write("systemctl", $"#!/bin/sh\ncase $* in *is-enabled*) exit 0 ;; esac\necho \"$@\" >>'{folder["asked"]}'; cat '{folder["hosts.deny"]}' >>'{folder["was-denied"]}' 2>/dev/null\n{systemctl}\n", (UnixFileMode)0x1ED);
    }

    // As a restore does it: a connection that came too early is given up for another.
    private async Task<(int Code, string Output)> DoAsync(RestoreStep step, int limit)
    {
        while (true)
            if (await DoOnceAsync(step, limit) is var done && done.Code != RestoreStep.TooEarly)
                return done;
    }

    // Only here the folder and the file are others than on a server, and the limit.
    private async Task<(int Code, string Output)> DoOnceAsync(RestoreStep step, int limit)
    {
        var command = step.On(EL7.Platform);
        IReadOnlyList<string> arguments =
        [
            "env", $"PATH={folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            .. command.Arguments.Select(argument => argument switch
            {
                Firewall.FallBackFolder => folder["work"],
                Zone => folder["public.xml"],
                _ when argument.Contains("/etc/hosts.", StringComparison.Ordinal) && !argument.Contains('\n') => argument.Replace("/etc/hosts.", folder["hosts."], StringComparison.Ordinal),
                _ when argument == $"{FallBack.Patience}" => $"{limit}",
                _ => argument,
            }),
        ];
        var result = await shell.RunAsync(new RemoteCommand(arguments) { Input = command.Input, TimeLimit = 60 }, Cancel);
        return (result.ExitCode, result.Output);
    }

    private async Task UntilAsync(string condition) =>
        Assert.Equal(0, (await shell.RunAsync(new("sh", "-c", $"until {condition} 2>/dev/null; do sleep 0.1; done"), Cancel)).ExitCode);
}
