using System.Diagnostics;

namespace Relustre.Tests.Operations;

/// <summary>The program as it is started, with a site of its own.</summary>
internal sealed class BuiltProgram : IDisposable
{
    private static readonly string Program = Path.Combine(Repository.Root, "artifacts", "bin", "Relustre.Cli", "release", "relustre");

    public TemporaryFolder Folder { get; } = new();

    public string Site => Folder["site"];

    public string Vault => Folder["site/vault"];

    /// <summary>A folder that is looked into before all others for programs, such as an ssh of the test's own.</summary>
    public string Programs => Folder["bin"];

    /// <summary>A site with servers that are file trees.</summary>
    public BuiltProgram WithSite(params string[] trees)
    {
        Assert.Equal(0, Run("init").Code);
        foreach (var tree in trees)
        {
            Folder.Write($"{tree}/etc/hostname", tree + "\n");
            Folder.Write($"{tree}/etc/hosts", "127.0.0.1 localhost\n");
            Assert.Equal(0, Run("host", "add", tree, "--root", Folder[tree]).Code);
        }
        return this;
    }

    public (int Code, string Output, string Error) Run(params string[] arguments) => End(Start(arguments));

    /// <summary>As another user of this machine.</summary>
    public (int Code, string Output, string Error) RunAs(string user, params string[] arguments) =>
        End(Start("setpriv", ["--reuid", user, "--regid", "nogroup", "--clear-groups", Program, "--site", Site, .. arguments]));

    // Who runs the tests in the background of a shell has SIGINT ignored, and so would the program.
    public Process Start(params string[] arguments) => Start("env", ["--default-signal", Program, "--site", Site, .. arguments]);

    public static (int Code, string Output, string Error) End(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
    }

    /// <summary>Every snapshot there is can be had to the last byte.</summary>
    public void AssertWhole(int snapshots)
    {
        var check = Run("check", "--read-data");
        Assert.True(check.Code == 0, check.Output + check.Error);
        Assert.Equal(snapshots, Run("snapshots", "--json").Output.Split("\"id\"").Length - 1);
    }

    public void Dispose() => Folder.Dispose();

    private Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        WorkingDirectory = "/",
        Environment = { ["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}", ["HOME"] = Folder.Path },
    })!;
}
