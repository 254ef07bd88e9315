namespace Relustre.Tests.Cli;

/// <summary>For tests of verbs that change a server: a command line, and a server in a folder.</summary>
public abstract class ServerInFolder : IDisposable
{
    private protected CliRun Run { get; } = new();

    private protected TestServer Server { get; } = new("mds1");

    public void Dispose()
    {
        Run.Dispose();
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A site with the server in it.</summary>
    private protected async Task AddAsync(params string[] options)
    {
        Assert.Equal(0, await Run.RunAsync("init"));
        Assert.Equal(0, await Run.RunAsync(["host", "add", "mds1", .. options, "--root", Server.Path("/")]));
    }

    /// <summary>The same, and the server as it is now is in the vault.</summary>
    private protected async Task BackUpAsync()
    {
        await AddAsync();
        var code = await Run.RunAsync("backup", "mds1");
        Assert.True(code == 0, Run.All);
    }
}
