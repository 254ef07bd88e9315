using System.Text;
using System.Text.Json;

namespace Relustre.Tests.Cli;

public sealed class CoverageVerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task What_no_backup_has_is_told_and_with_one_command_it_is_backed_up()
    {
        cli.Folder.Write("tree/etc/fstab", "LABEL=root / xfs defaults 0 0\n");
        cli.Folder.Write("tree/opt/site/etc/hook.conf", "x\n");
        cli.Folder.Shell("printf x >\"$(printf 'tree/opt/site/etc/\\033[31mred')\"");
        Assert.Equal(0, await cli.RunAsync("init", "--site", "site"));
        Assert.Equal(0, await RunAsync("host", "add", "oss1", "--root", "tree"));

        Assert.Equal(0, await RunAsync("coverage", "oss1"));
        Assert.Contains("  /opt/site/etc/hook.conf\n", cli.Output);
        Assert.Contains("every file counts", cli.Error);
        Assert.DoesNotContain('\e', cli.All);
        Assert.Equal(0, await RunAsync("coverage", "oss1", "--json"));
        Assert.Equal(0.3333, Json().GetProperty("score").GetDouble());

        Assert.Equal(0, await RunAsync("coverage", "oss1", "--add", "/opt/site/etc/**"));
        Assert.Equal(0, await RunAsync("path", "add", "/opt/site/etc/**", "/etc/other"));
        Assert.Contains("already", cli.Error);
        Assert.Contains("- '/opt/site/etc/**'\n", File.ReadAllText(cli.Folder["site/site.yaml"]));
        Assert.Equal(0, await RunAsync("coverage", "oss1"));
        Assert.Contains("3 paths in use and captured, 0 not: 100.0 %", cli.Output);
        Assert.Equal(0, await RunAsync("backup"));
        Assert.Equal(0, await RunAsync("dump", "oss1", "/opt/site/etc/hook.conf"));

        Assert.Equal(1, await RunAsync("path", "add", "relative"));
        Assert.Contains("must start with '/'", cli.Error);
        Assert.Equal(2, await RunAsync("coverage", "oss2"));
        Assert.Contains("did you mean 'oss1'", cli.Error);
    }

    private Task<int> RunAsync(params IReadOnlyList<string> arguments) => cli.RunAsync(["--site", "site", .. arguments]);

    private JsonElement Json() => JsonDocument.Parse(Encoding.UTF8.GetString(cli.OutputBytes)).RootElement;
}
