using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Steps;

/// <summary>Scripts of steps are for the shells of every age.</summary>
public sealed class StepScriptTests
{
    private static readonly Platform[] Platforms = [new() { EnterpriseLinux = 6, HasSystemd = false, PackageTool = PackageTool.Yum }, new() { EnterpriseLinux = 9 }, new() { PackageTool = PackageTool.Apt }];

    [Theory]
    [InlineData("dash")]
    [InlineData("bash --posix")]
    [InlineData("ksh")]
    [InlineData("busybox sh")]
    public async Task Every_shell_understands_them(string name)
    {
        var shell = new HostShell(new Host(Host.Localhost), TimeProvider.System);
        if ((await shell.RunAsync(new("sh", "-c", $"{name} -c true"), TestContext.Current.CancellationToken)).ExitCode != 0)
            Assert.Skip($"{name} is not here");

        foreach (var script in Scripts())
        {
            var result = await shell.RunAsync(new("sh", "-c", $"exec {name} -n -c \"$1\"", "check", script), TestContext.Current.CancellationToken);
            Assert.True(result.IsDone, $"{name}: {result.Output}: {script}");
        }
    }

    private static IEnumerable<string> Scripts() =>
        (from name in RecordedHost.Names
         let host = RecordedHost.Open(name)
         from platform in Platforms
         from step in host.Component.Restore(host.State, ComponentState.Empty, new RestoreContext
         {
             Platform = platform,
             Wanted = new Dictionary<string, ComponentFacts>(),
             Found = new Dictionary<string, ComponentFacts>(),
         })
         let arguments = step.On(platform).Arguments
         where arguments is ["sh", "-c", _, ..]
         select arguments[2]).Concat(Network()).Distinct();

    private static IEnumerable<string> Network()
    {
        var (had, has) = (Facts("10.0.0.1/24"), Facts("10.0.0.2/24"));
        return NetworkChange.Steps([new Relustre.Steps.RemoveFile("/x", IsFolder: false)], had, has, waitsForBoot: false).Select(step => step.On(Platforms[0]).Arguments).Where(arguments => arguments[0] == "sh").Select(arguments => arguments[2]);
    }

    private static Relustre.Facts.NetworkFacts Facts(string address) => new()
    {
        Interfaces = [new() { Name = "eth0", Mac = "00:00:00:00:00:01", Addresses = [address] }],
        Routes = [],
        Profiles = [new() { File = "x", Device = "eth0", Addresses = [address], StartsAtBoot = true }],
    };
}
