using Relustre.Audit;
using Relustre.Facts;
using Relustre.Hosts;

namespace Relustre.Operations;

/// <summary>Adds to the findings of changed CIBs what their clusters would do about them. Many servers are asked at a time: each takes a login and two simulations.</summary>
internal sealed class Predictions(ClusterSimulation? simulation, SiteIndexes indexes, int parallel) : IDisposable
{
    private readonly SemaphoreSlim turns = new(parallel);

    /// <summary>How the servers are reached of which a live one was compared.</summary>
    public IReadOnlyDictionary<string, Host> Servers { get; init; } = new Dictionary<string, Host>();

    public void Dispose() => turns.Dispose();

    /// <summary>Reads what there is to ask; the asking itself goes on by itself, and is what the inner task waits for.</summary>
    public async Task<Task<AuditedServer>> BeginAsync(AuditedServer audited, StoredServer? wanted, StoredServer? found, CancellationToken cancel)
    {
        if (simulation is null || wanted is null || found is null || !audited.Findings.Any(IsOfCib) || Pacemaker(audited.Host) is not { } pacemaker)
            return Task.FromResult(audited);
        var change = ClusterChange.Between(await wanted.StateAsync(pacemaker, cancel), await found.StateAsync(pacemaker, cancel));
        if (change is null)
            return Task.FromResult(With(audited, Prediction.None("no CIB of a running cluster was backed up, so nobody knows what ran where")));
        await turns.WaitAsync(cancel);
        return AskAsync(simulation, audited, change, cancel);
    }

    private async Task<AuditedServer> AskAsync(ClusterSimulation asked, AuditedServer audited, ClusterChange change, CancellationToken cancel)
    {
        try
        {
            return With(audited, await asked.PredictAsync(change, Servers.GetValueOrDefault(audited.Host), cancel));
        }
        finally
        {
            turns.Release();
        }
    }

    private Component? Pacemaker(string host) => indexes.Of(host).Catalogue.Components.FirstOrDefault(component => component.Name == "pacemaker");

    private static AuditedServer With(AuditedServer audited, Prediction prediction) => audited with
    {
        Findings =
        [
            .. from finding in audited.Findings
               select IsOfCib(finding) ? finding with { Consequence = prediction.Consequence, Unpredicted = prediction.Unpredicted } : finding,
        ],
    };

    private static bool IsOfCib(Finding finding) =>
        finding is { Component: "pacemaker", Rule: Finding.Drift } && finding.Setting.StartsWith("cib ", StringComparison.Ordinal);
}
