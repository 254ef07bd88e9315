using System.Globalization;
using System.Text.Json;

namespace Relustre.EndToEnd;

/// <summary>
/// The lab's servers: pairs that are up for all tests of a class and go with it, and everything that can happen to them.
/// What the lab promises is tested by the lab itself (<c>lab/lab self-test</c>). One pair of era E3, unless an heir wants others.
/// </summary>
public class Lab : IAsyncLifetime
{
    private static readonly string Program = Path.Combine(Repository.Root, "lab", "lab");
    private readonly int pairs;
    private readonly string era;

    public Lab() : this(pairs: 1, era: "E3")
    {
    }

    protected Lab(int pairs, string era)
    {
        this.pairs = pairs;
        this.era = era;
    }

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The key with which root logs in to every node.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The nodes' host keys, as the lab knows them; it forgets that of a node it reinstalls.</summary>
    public string KnownHosts { get; private set; } = "";

    /// <summary>The pairs' servers: name and management address.</summary>
    public IReadOnlyList<(string Name, string Address)> Servers { get; private set; } = [];

    public async ValueTask InitializeAsync() => await RenewAsync();

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        GC.SuppressFinalize(this);
    }

    /// <summary>Another lab in place of this one: for a test that needs what another may have broken.</summary>
    public async Task RenewAsync()
    {
        await RunAsync("down");
        await UpAsync();
        var status = (await RunAsync("status", "--json")).Ending().Json;
        Key = status.GetProperty("key").GetString()!;
        KnownHosts = Path.Combine(status.GetProperty("home").GetString()!, "ssh", "known_hosts");
        Servers = [.. status.GetProperty("nodes").EnumerateArray().Where(IsManaged).Select(node =>
            (node.GetProperty("name").GetString()!, node.GetProperty("address").GetString()!))];
    }

    /// <summary>All servers serve, and the first cluster has nothing more to note down: its CIB stands still for some seconds.</summary>
    internal async Task SettleAsync()
    {
        await UpAsync();
        foreach (var (name, _) in Servers)
            await WaitForClusterAsync(name);
        var (still, last) = (0, "");
        await Patience.UntilAsync("the CIB stands still", seconds: 120, async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
            var answer = await ExecAsync("mds1", "cibadmin", "--query");
            still = answer.ExitCode == 0 && answer.Text == last ? still + 1 : 0;
            last = answer.Text;
            return still == 3;
        });
    }

    /// <summary>The system disk dies, and an installer has run: returns when the pristine system answers ssh.</summary>
    internal static async Task ReinstallAsync(string node) => (await RunAsync("reinstall", node)).Ending();

    /// <summary>The power button and the plug: <c>on</c>, <c>off</c>, <c>cut</c>, <c>cycle</c>.</summary>
    internal static async Task PowerAsync(string what, string node) => (await RunAsync("power", what, node)).Ending();

    /// <summary>Cables: <c>cut</c> or <c>heal</c>; of <c>mgmt</c>, <c>lnet</c>, or both.</summary>
    internal static async Task NetworkAsync(string what, string node, params string[] which) =>
        (await RunAsync(["net", what, node, .. which])).Ending();

    /// <summary>New network cards with other MAC addresses, and a boot with them.</summary>
    internal static async Task ReplaceCardsAsync(string node) => (await RunAsync("replace-nic", node)).Ending();

    /// <summary>A wrong clock for whoever logs in from now on (<c>+30m</c>), or the <c>right</c> one.</summary>
    internal static async Task ClockAsync(string node, string offset) => (await RunAsync("clock", node, offset)).Ending();

    /// <summary><c>hide</c> or <c>show</c> a target's disk: on one node, its partner goes on seeing it.</summary>
    internal static async Task DeviceAsync(string what, string node, string target) => (await RunAsync("device", what, node, target)).Ending();

    /// <summary><c>hide</c> or <c>show</c> a package in the repositories.</summary>
    internal static async Task PackageAsync(string what, string package) => (await RunAsync("repo", what, package)).Ending();

    /// <summary>How the node's BMC behaves: <c>ok</c>, <c>slow 30</c>, <c>failing</c>, <c>absent</c>.</summary>
    internal static async Task FencingAsync(string node, params string[] mood) => (await RunAsync(["fencing", node, .. mood])).Ending();

    internal static Task WaitForSshAsync(string node, int seconds = 60) =>
        Patience.UntilAsync($"{node} answers ssh", seconds, async () => (await RunAsync("ssh", node, "true")).ExitCode == 0);

    /// <summary>Waits until <paramref name="node"/> holds the target, by the shared disk's own log.</summary>
    internal static Task WaitForTargetAsync(string target, string node, int seconds = 120) =>
        Patience.UntilAsync($"{node} serves {target}", seconds, async () => await HolderAsync(target) == node);

    /// <summary>Waits until the cluster that <paramref name="node"/> sees is complete and all its targets are started.</summary>
    internal static Task WaitForClusterAsync(string node, int seconds = 180) =>
        Patience.UntilAsync($"the cluster of {node} serves", seconds, async () => (await RunAsync("serves", node)).ExitCode == 0);

    /// <summary>The node that holds the target now; empty when nobody does.</summary>
    internal static async Task<string> HolderAsync(string target) =>
        (await RunAsync("activations", "--now")).Ending().Text.Split('\n').Select(line => line.Split(' '))
            .FirstOrDefault(words => words.Length == 2 && words[1] == target)?[0] ?? "";

    /// <summary>No target was ever active on two nodes since the lab came up: what every recovery has to show.</summary>
    internal static async Task NeverTwiceAsync() => (await RunAsync("activations", "--check")).Ending();

    /// <summary>Runs a command on a node as on its console.</summary>
    internal static async Task<Answer> ExecAsync(string node, params string[] command) => await RunAsync(["exec", node, .. command]);

    internal static Task<Answer> RunAsync(params string[] arguments) => Shell.RunAsync(Program, arguments, Cancel);

    // What has power and serves already is left as it is.
    private async Task UpAsync() =>
        (await RunAsync("up", "--pairs", pairs.ToString(CultureInfo.InvariantCulture), "--era", era)).Ending();

    private static bool IsManaged(JsonElement node) => node.GetProperty("kind").GetString() == "managed";
}
