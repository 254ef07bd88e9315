using System.Text;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Steps;

namespace Relustre.Tests.Restore;

/// <summary>What starts by itself, set by this machine's own systemctl on a folder, and by a chkconfig that a script plays.</summary>
public sealed class ServiceChangeTests : IDisposable
{
    private static readonly Component Services = Catalogue.BuiltIn.Components.Single(component => component.Name == "services");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-services");
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Units_start_by_themselves_as_they_did_and_the_clusters_own_are_left_alone()
    {
        HasSystemctl();
        foreach (var unit in (string[])["ntpd", "firewalld", "postfix", "kdump", "corosync", "pcsd"])
            HasUnit($"{unit}.service");
        await SystemctlAsync("enable", "postfix.service", "kdump.service");
        await SystemctlAsync("mask", "pcsd.service");
        var steps = Steps(Unit("ntpd", "enabled") + Unit("firewalld", "masked") + Unit("postfix", "disabled") + Unit("kdump", "enabled") + Unit("corosync", "enabled") + Unit("pcsd", "enabled") + Unit("gone", "enabled"),
            Unit("kdump", "enabled"));

        foreach (var step in steps.Concat(steps))
            Assert.Equal(0, (await DoAsync(step)).ExitCode);

        Assert.Equal(["enabled", "masked", "disabled", "enabled", "disabled", "enabled"],
            await Task.WhenAll(((string[])["ntpd", "firewalld", "postfix", "kdump", "corosync", "pcsd"]).Select(unit => SystemctlAsync("is-enabled", $"{unit}.service"))));
        Assert.Equal("set what starts by itself (on: ntpd.service pcsd.service gone.service, off: postfix.service, masked: firewalld.service)", Assert.Single(steps).Summary);
    }

    [Fact]
    public async Task A_unit_that_cannot_be_set_is_named_and_the_others_are_set_nevertheless()
    {
        HasSystemctl();
        HasUnit("good.service");
        HasUnit("own.service", "etc/systemd/system");
        var step = Assert.Single(Steps(Unit("good", "enabled") + Unit("own", "masked"), ""));

        var result = await DoAsync(step);

        Assert.Equal((1, "mask own.service failed"), (result.ExitCode, result.Output.Trim().Split('\n')[^1]));
        Assert.Equal("enabled", await SystemctlAsync("is-enabled", "good.service"));
    }

    [Fact]
    public void Overrides_come_before_systemd_reads_its_units_and_links_are_made_by_systemctl()
    {
        var wanted = new ComponentState(
        [
            File("/etc/systemd/system/sshd.service.d/limits.conf"),
            File("/etc/systemd/system/multi-user.target.wants/corosync.service") with { Kind = FileKind.Symlink, LinkTarget = "/usr/lib/systemd/system/corosync.service" },
            File("/etc/systemd/system/multi-user.target.wants/site@one.service") with { Kind = FileKind.Symlink, LinkTarget = "/etc/systemd/system/site@.service" },
            File("/etc/rc.d/rc3.d/S20corosync") with { Kind = FileKind.Symlink, LinkTarget = "../init.d/corosync" },
        ], []);
        var found = new ComponentState(
        [
            File("/etc/systemd/system/sshd.service.d/other.conf"), File("/etc/systemd/system/extra.service"), File("/etc/init.d/extra"),
            File("/etc/systemd/system/multi-user.target.wants/extra.service") with { Kind = FileKind.Symlink, LinkTarget = "/etc/systemd/system/extra.service" },
        ], []);

        Assert.Equal(
        [
            "write /etc/systemd/system/sshd.service.d/limits.conf", "remove /etc/systemd/system/sshd.service.d/other.conf", "make systemd read its units again",
            "set what starts by itself (on: site@one.service)",
        ], Services.Restore(wanted, found, Context(systemd: true)).Select(step => step.Summary));
    }

    [Fact]
    public void An_instance_that_was_masked_beside_its_link_is_masked_and_never_enabled()
    {
        var wanted = State("getty@tty1.service masked\n", systemd: true) with
        {
            Files = [File("/etc/systemd/system/getty.target.wants/getty@tty1.service") with { Kind = FileKind.Symlink, LinkTarget = "/usr/lib/systemd/system/getty@.service" }],
        };

        Assert.Equal("set what starts by itself (masked: getty@tty1.service)", Assert.Single(Services.Restore(wanted, ComponentState.Empty, Context(systemd: true))).Summary);
    }

    [Fact]
    public void Where_only_the_clusters_own_services_differ_there_is_nothing_to_do() =>
        Assert.Empty(Steps(Unit("corosync", "enabled") + Unit("pacemaker", "enabled") + Unit("booth@site", "enabled"), Unit("corosync", "disabled")));

    [Fact]
    public async Task Runlevels_are_set_as_a_whole_and_xinetd_by_on_and_off()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "init.d"));
        foreach (var name in (string[])["acpid", "network", "new"])
            System.IO.File.WriteAllText(Path.Combine(folder.FullName, "init.d", name), "");
        // A chkconfig that knows each service by a file with its levels.
        Play("chkconfig", """
            echo "$@" >>asked
            case $1 in
              --list) [ -e "levels.$2" ] || exit 1; printf %s "$2"; for l in 0 1 2 3 4 5 6; do grep -q $l "levels.$2" && s=on || s=off; printf '\t%s:%s' $l $s; done; echo ;;
              --add) echo 35 >"levels.$2" ;;
              --level) if [ "$4" = on ]; then echo "$2$(cat "levels.$3")" >"levels.$3"; else tr -d "$2" <"levels.$3" >t; mv t "levels.$3"; fi ;;
            esac
            """);
        System.IO.File.WriteAllText(Path.Combine(folder.FullName, "levels.acpid"), "2345\n");
        System.IO.File.WriteAllText(Path.Combine(folder.FullName, "levels.network"), "35\n");
        var step = Assert.Single(Steps(SysV("acpid", "35") + SysV("network", "2345") + SysV("new", "3") + SysV("gone", "3") + SysV("corosync", "2345"), "", systemd: false));

        Assert.Equal(0, (await DoAsync(InFolder(step))).ExitCode);

        string LevelsOf(string name) => string.Concat(System.IO.File.ReadAllText(Path.Combine(folder.FullName, $"levels.{name}")).Trim().Order());
        Assert.Equal(("35", "2345", "3"), (LevelsOf("acpid"), LevelsOf("network"), LevelsOf("new")));
        Assert.DoesNotContain("corosync", System.IO.File.ReadAllText(Path.Combine(folder.FullName, "asked")));
        System.IO.File.Delete(Path.Combine(folder.FullName, "asked"));
        Assert.Equal(0, (await DoAsync(InFolder(step))).ExitCode);
        Assert.DoesNotContain("--level", System.IO.File.ReadAllText(Path.Combine(folder.FullName, "asked")));
    }

    [Fact]
    public async Task A_daemon_is_restarted_only_where_it_starts_by_itself()
    {
        Play("systemctl", """echo "$@" >>asked; case "$*" in *is-enabled*chronyd) exit 0;; *is-enabled*) exit 1;; esac""");
        Play("chkconfig", "[ $1 = ntpd ]");
        Play("service", """echo service "$@" >>asked""");

        Assert.Equal(0, (await DoAsync(UnitSteps.Restart(Context(systemd: true).Platform, "ntpd", "chronyd"))).ExitCode);
        Assert.Equal(0, (await DoAsync(UnitSteps.Reload(Context(systemd: false).Platform, "ntpd", "chronyd"))).ExitCode);

        Assert.Equal(["restart chronyd", "service ntpd reload"], System.IO.File.ReadAllLines(Path.Combine(folder.FullName, "asked")).Where(line => !line.Contains("is-enabled")));
    }

    private static string Unit(string name, string state) => $"{name}.service {state}\n";

    private static string SysV(string name, string levels) =>
        name + string.Concat(Enumerable.Range(0, 7).Select(level => $"\t{level}:{(levels.Contains($"{level}") ? "on" : "off")}")) + "\n";

    private static IReadOnlyList<RestoreStep> Steps(string wanted, string found, bool systemd = true) => Services.Restore(State(wanted, systemd), State(found, systemd), Context(systemd));

    private static ComponentState State(string text, bool systemd) =>
        new([], text.Length == 0 ? [] : [new(systemd ? "unit-files" : "chkconfig", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(text) }]);

    private static RestoreContext Context(bool systemd) => new()
    {
        Platform = new Platform { EnterpriseLinux = systemd ? 7 : 6, HasSystemd = systemd },
        Wanted = new Dictionary<string, ComponentFacts>(),
        Found = new Dictionary<string, ComponentFacts>(),
    };

    private static CapturedFile File(string path) => new() { Path = path, Kind = FileKind.File, Mode = 0x1A4, Content = "x=1\n"u8.ToArray() };

    private void HasSystemctl()
    {
        if (!System.IO.File.Exists("/usr/bin/systemctl"))
            Assert.Skip("no systemctl here");
        Play("systemctl", $"exec /usr/bin/systemctl --root='{folder.FullName}' \"$@\"");
    }

    private void HasUnit(string name, string place = "usr/lib/systemd/system")
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, place));
        System.IO.File.WriteAllText(Path.Combine(folder.FullName, place, name), "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n");
    }

    private async Task<string> SystemctlAsync(params string[] arguments) =>
        (await shell.RunAsync(new(["systemctl", $"--root={folder.FullName}", .. arguments]), Cancel)).Output.Trim();

    private void Play(string tool, string script)
    {
        var path = Path.Combine(folder.FullName, tool);
        System.IO.File.WriteAllText(path, $"#!/bin/sh\ncd '{folder.FullName}'\n{script}\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private RunTool InFolder(RestoreStep step)
    {
        var command = step.On(new Platform());
        return new RunTool("", new([.. command.Arguments.Select(argument => argument.Replace("/etc/init.d/", $"{folder.FullName}/init.d/", StringComparison.Ordinal))]));
    }

    private Task<CommandResult> DoAsync(RestoreStep step) =>
        shell.RunAsync(new RemoteCommand(["env", $"PATH={folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}", .. step.On(new Platform()).Arguments]), Cancel);
}
