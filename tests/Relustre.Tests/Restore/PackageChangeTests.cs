using System.Text;
using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Restore;

/// <summary>Packages come back to the release, kernel first; the package tools are played by scripts, since a test installs nothing.</summary>
public sealed class PackageChangeTests : IDisposable
{
    private static readonly Component Packages = Catalogue.BuiltIn.Components.Single(component => component.Name == "packages");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-packages");
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Missing_is_what_was_installed_and_is_not_to_the_release()
    {
        var wanted = Of("bash.x86_64 0:4.2-31.el7\nlustre.x86_64 0:2.12.1-1.el7\nperl.x86_64 4:5.10-1\nkernel.x86_64 0:3.10-957_lustre\n");
        var found = Of("bash.x86_64 0:4.2-31.el7\nlustre.x86_64 0:2.12.9-1.el7\nvim.x86_64 2:8-1\n");

        Assert.Equal(["lustre-0:2.12.1-1.el7.x86_64", "perl-4:5.10-1.x86_64", "kernel-0:3.10-957_lustre.x86_64"], PackageChange.Missing(wanted, found));
        Assert.Equal(4, PackageChange.Missing(wanted, null).Count);
        Assert.Equal(["vim"], PackageChange.Extra(wanted, found));
    }

    [Fact]
    public void The_kernel_comes_first_and_the_rest_in_one_transaction()
    {
        var steps = Steps("bash.x86_64 0:4.2-31\nkernel.x86_64 0:3.10-957_lustre\nkernel-headers.x86_64 0:3.10-957\nlustre.x86_64 0:2.12.1-1\n", "bash.x86_64 0:4.2-30\n");

        Assert.Equal(["install the kernel (1: kernel-0:3.10-957_lustre.x86_64)",
            "install packages (3: bash-0:4.2-31.x86_64, kernel-headers-0:3.10-957.x86_64, lustre-0:2.12.1-1.x86_64)"], steps.Select(step => step.Summary));
        Assert.All(steps, step => Assert.Equal(1800, step.On(new Platform()).TimeLimit));
    }

    [Fact]
    public void What_a_damaged_database_says_is_no_option_and_no_pattern() =>
        Assert.Empty(PackageChange.Missing(Of("--installroot=/.x86_64 0:1-1\nba*sh.x86_64 0:1-1\na;b.x86_64 0:1-1\n"), null));

    [Fact]
    public void Repositories_that_are_switched_off_are_opened_for_this_only_where_they_have_what_was_installed()
    {
        RepositoriesFacts.Repository At(string id, bool enabled, string file = "/etc/yum.repos.d/CentOS.repo") => new() { Id = id, File = file, Addresses = [], IsEnabled = enabled };
        var repositories = new RepositoriesFacts
        {
            Repositories = [At("base", true), At("debug", false), At("lustre", false), At("e2fsprogs", false, "/etc/yum.repos.d/Intel-Lustre-Agent.repo"), At("ha", false)],
            Variables = [],
            VersionLocks = [],
            TrustedKeys = [],
        };
        var wanted = Of("corosync.x86_64 0:3-1\n") with { Packages = [new() { Name = "corosync", Version = "3", Release = "1", Arch = "x86_64", Origin = "ha" }] };

        Assert.Equal(["e2fsprogs", "ha", "lustre"], PackageChange.RepositoriesToEnable(wanted, repositories));
    }

    [Fact]
    public async Task Only_what_is_missing_is_asked_for_and_a_lower_version_by_its_own_verb()
    {
        Play("rpm", "cat installed");
        // yum never lowers by "install", and is content with that.
        Play("yum", """
            echo "$@" >>asked
            case " $* " in
              *" downgrade "*) sed -i s/lustre-0:2.12.9/lustre-0:2.12.1/ installed ;;
              *) echo kernel-0:3.10-957.x86_64 >>installed ;;
            esac
            """);
        Play("installed", "lustre-0:2.12.9-1.x86_64\nbash-0:4.2-31.x86_64");
        var step = Step("lustre.x86_64 0:2.12.1-1\nbash.x86_64 0:4.2-31\nperl.x86_64 0:3.10-957\n", "lustre.x86_64 0:2.12.9-1\n", only: "lustre");

        var first = await DoAsync(step);
        var asked = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "asked"), Cancel);
        var second = await DoAsync(step);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal("-y --disableexcludes=all install lustre-0:2.12.1-1.x86_64\n-y --disableexcludes=all downgrade lustre-0:2.12.1-1.x86_64\n", asked);
        Assert.Equal(asked, await File.ReadAllTextAsync(Path.Combine(folder.FullName, "asked"), Cancel));
    }

    [Fact]
    public async Task What_the_tool_did_not_bring_is_named_although_it_returned_0()
    {
        Play("rpm", "echo bash-0:4.2-31.x86_64");
        Play("yum", "echo 'Error: nothing to do'");

        var result = await DoAsync(Step("lustre.x86_64 0:2.12.1-1\n", "", only: "lustre"));

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("yum did not bring lustre-0:2.12.1-1.x86_64 (Error: nothing to do)", result.Output.Trim().Split('\n')[^1]);
    }

    [Fact]
    public async Task A_list_that_no_argument_holds_travels_as_input()
    {
        Play("rpm", "cat installed 2>/dev/null; :");
        Play("yum", "while [ \"$1\" != install ]; do shift; done; shift; printf '%s\\n' \"$@\" >>installed");
        var step = Assert.Single(Steps(string.Concat(Enumerable.Range(0, 3000).Select(at => $"package-number-{at}.x86_64 0:1.2.3-4.el7\n")), ""));

        Assert.True(step.On(new Platform()).Arguments.Sum(argument => argument.Length) < 4000);
        Assert.Equal(0, (await DoAsync(step)).ExitCode);
        Assert.Equal(3000, (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "installed"), Cancel)).Length);
    }

    [Fact]
    public async Task Debians_are_asked_of_dpkg_and_installed_by_apt_get()
    {
        Play("dpkg-query", "printf '%s\\n' 'bash:amd64=5.2-2 install ok installed' 'tzdata:all=2025-1 install ok installed' 'old:amd64=1 deinstall ok config-files'; cat installed 2>/dev/null");
        Play("apt-get", "echo \"$@\" >asked; echo 'old:amd64=1 install ok installed' >installed");
        var wanted = new ComponentState([], [new("dpkg", ToolOutcome.Answered) { Output = "bash.amd64 5.2-2 install ok installed\ntzdata.all 2025-1 install ok installed\nold.amd64 1 install ok installed\n"u8.ToArray() }]);
        var step = Assert.Single(Packages.Restore(wanted, ComponentState.Empty, Context(PackageTool.Apt)));

        Assert.Equal(0, (await DoAsync(step)).ExitCode);
        Assert.EndsWith(" install old:amd64=1\n", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "asked"), Cancel), StringComparison.Ordinal);
    }

    private static ComponentState State(string rpm) => new([], rpm.Length == 0 ? [] : [new("rpm", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(rpm) }]);

    private static PackagesFacts Of(string rpm) => (PackagesFacts)Packages.Facts(State(rpm))!;

    private static IReadOnlyList<RestoreStep> Steps(string wanted, string found) => Packages.Restore(State(wanted), State(found), Context(PackageTool.Yum));

    private static RestoreStep Step(string wanted, string found, string only) =>
        Assert.Single(Steps(string.Concat(wanted.Split('\n').Where(line => line.StartsWith(only, StringComparison.Ordinal)).Select(line => line + "\n")), found));

    private static RestoreContext Context(PackageTool tool) => new()
    {
        Platform = new Platform { EnterpriseLinux = tool == PackageTool.Apt ? null : 7, PackageTool = tool },
        Wanted = new Dictionary<string, ComponentFacts>(),
        Found = new Dictionary<string, ComponentFacts>(),
    };

    private void Play(string tool, string script)
    {
        var path = Path.Combine(folder.FullName, tool);
        File.WriteAllText(path, tool == "installed" ? script + "\n" : $"#!/bin/sh\ncd '{folder.FullName}'\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private Task<CommandResult> DoAsync(RestoreStep step)
    {
        var command = step.On(new Platform());
        return shell.RunAsync(new RemoteCommand(["env", $"PATH={folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}", .. command.Arguments]) { Input = command.Input }, Cancel);
    }
}
