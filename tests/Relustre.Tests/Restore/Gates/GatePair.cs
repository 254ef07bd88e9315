using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A server that is restored and its partner, both in folders, and what a gate sees of them.</summary>
internal sealed class GatePair : IDisposable
{
    private readonly TemporaryFolder site = new();

    public GatePair()
    {
        Host = new TestServer("mds1");
        Partner = new TestServer("mds2");
        Book = new RestoreBook(site["restores"], TimeProvider.System);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestServer Host { get; }

    public TestServer Partner { get; }

    public RestoreBook Book { get; }

    /// <summary>Steps of the plan.</summary>
    public List<RestoreStep> Steps { get; } = [];

    /// <summary>What the backup says.</summary>
    public List<ComponentFacts> Wanted { get; } = [new SystemFacts { HostName = "mds1.lab.test" }];

    public GateView View => new()
    {
        Host = Host.Shell,
        Partners = [Partner.Shell],
        Wanted = Wanted.ToDictionary(facts => facts.GetType().Name),
        Book = Book,
        Plan = new RestorePlan
        {
            Host = "mds1",
            Snapshot = "0123456789",
            SnapshotTime = DateTimeOffset.UnixEpoch,
            MadeAt = DateTimeOffset.UnixEpoch,
            Platform = new Platform { EnterpriseLinux = 7, PackageTool = PackageTool.Yum },
            Steps = [.. Steps.Select((step, at) => new PlannedStep(at + 1, "test", step))],
        },
    };

    /// <summary>A partner that cannot be reached: no ssh gets an answer there.</summary>
    public GateView Unreachable => View with { Partners = [NoSuch("mds2")] };

    /// <summary>A server that cannot be reached.</summary>
    public GateView HostUnreachable => View with { Host = NoSuch("mds1") };

    public static string Status(string recording) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Relustre.Tests", "Restore", "Statuses", recording));

    /// <summary>The partner's cluster as it was recorded; <paramref name="change"/> spoils it.</summary>
    public GatePair Cluster(string recording = "2.1.5-mds1-stopped.xml", Func<string, string>? change = null, string self = "mds2.lab.test")
    {
        var text = Status(recording);
        var spoiled = change is null ? text : change(text);
        Assert.True(change is null || spoiled != text, "the change changes nothing");
        Partner.Says("crm_mon", spoiled).Program("crm_node", $"echo {self}");
        return this;
    }

    public static async Task<GateAnswer> AskAsync(Gate gate, GateView view)
    {
        var answer = await gate.AskAsync(view, Cancel);
        Assert.Equal(gate.Name, answer.Gate);
        Assert.DoesNotContain(RecordedHost.SecretMark, $"{answer}", StringComparison.Ordinal);
        Assert.True(answer.IsOpen || answer.Look is { Length: > 0 }, "a gate that refuses says where to look");
        return answer;
    }

    public async Task OpensAsync(Gate gate, string because = "")
    {
        var answer = await AskAsync(gate, View);
        Assert.True(answer.IsOpen, answer.Reason);
        Assert.Contains(because, answer.Reason, StringComparison.Ordinal);
    }

    public Task RefusesAsync(Gate gate, string because) => RefusesAsync(gate, View, because);

    public static async Task RefusesAsync(Gate gate, GateView view, string because)
    {
        var answer = await AskAsync(gate, view);
        Assert.False(answer.IsOpen, answer.Reason);
        Assert.Contains(because, answer.Reason, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Host.Dispose();
        Partner.Dispose();
        site.Dispose();
    }

    // Nothing listens on this port of this machine.
    private static HostShell NoSuch(string name) => new(new Host(name) { Address = "127.0.0.1", Port = 1 }, TimeProvider.System);
}
