using System.Text.Json;

namespace Relustre.EndToEnd;

/// <summary>
/// The lab's servers: a pair that is up for all tests of a class and goes with it. What the lab promises is tested by the lab
/// itself (<c>lab/lab self-test</c>).
/// </summary>
public sealed class Lab : IAsyncLifetime
{
    private static readonly string Program = Path.Combine(Repository.Root, "lab", "lab");

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The key with which root logs in to every node.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The nodes' host keys, as the lab knows them.</summary>
    public string KnownHosts { get; private set; } = "";

    /// <summary>The pair's servers: name and management address.</summary>
    public IReadOnlyList<(string Name, string Address)> Servers { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await RunAsync("down");
        (await RunAsync("up", "--pairs", "1")).Ending();
        var status = (await RunAsync("status", "--json")).Ending().Json;
        Key = status.GetProperty("key").GetString()!;
        KnownHosts = Path.Combine(status.GetProperty("home").GetString()!, "ssh", "known_hosts");
        Servers = [.. status.GetProperty("nodes").EnumerateArray().Where(IsManaged).Select(node =>
            (node.GetProperty("name").GetString()!, node.GetProperty("address").GetString()!))];
    }

    public async ValueTask DisposeAsync() => await RunAsync("down");

    /// <summary>Both servers serve, and their cluster has nothing more to note down: its CIB stands still for some seconds.</summary>
    internal static async Task SettleAsync()
    {
        (await RunAsync("up", "--pairs", "1")).Ending();
        for (var (still, last, round) = (0, "", 0); still < 3; round++)
        {
            Assert.True(round < 60, $"the cluster does not come to rest:\n{last}");
            await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
            var answer = await ExecAsync("mds1", "cibadmin", "--query");
            still = answer.ExitCode == 0 && answer.Text == last ? still + 1 : 0;
            last = answer.Text;
        }
    }

    /// <summary>Runs a command on a node as on its console.</summary>
    internal static async Task<Answer> ExecAsync(string node, params string[] command) => await RunAsync(["exec", node, .. command]);

    internal static Task<Answer> RunAsync(params string[] arguments) => Shell.RunAsync(Program, arguments, Cancel);

    private static bool IsManaged(JsonElement node) => node.GetProperty("kind").GetString() == "managed";
}
