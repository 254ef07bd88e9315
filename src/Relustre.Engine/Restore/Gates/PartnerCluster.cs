using Relustre.Facts;
using Relustre.Hosts;

namespace Relustre.Restore.Gates;

/// <summary>The cluster as the first partner sees it that has one, or why none does.</summary>
internal sealed record PartnerCluster
{
    /// <summary>Null: no partner's cluster answers.</summary>
    public HostShell? Partner { get; init; }

    public SeenCluster? Seen { get; init; }

    public IReadOnlyList<string> Troubles { get; init; } = [];

    /// <summary>The server is in no cluster, as far as its site and its backup know.</summary>
    public bool IsAlone { get; init; }

    public static Task<PartnerCluster> FindAsync(GateView view, CancellationToken cancel) => view.Cluster?.Value ?? AskAsync(view, cancel);

    /// <summary>A view whose gates share one answer, asked for when the first of them needs it: to be used for one moment, and thrown away.</summary>
    public static GateView Shared(GateView view, CancellationToken cancel) => view with { Cluster = new(() => AskAsync(view, cancel)) };

    private static async Task<PartnerCluster> AskAsync(GateView view, CancellationToken cancel)
    {
        if (view.Partners.Count == 0)
            return Unknown(view);
        var troubles = new List<string>();
        foreach (var partner in view.Partners)
            try
            {
                if (await ClusterQuestion.AskAsync(partner, cancel) is { } seen)
                    return new() { Partner = partner, Seen = seen };
                troubles.Add($"no cluster answers on {partner.Host.Name}");
            }
            catch (HostException lost)
            {
                troubles.Add(lost.Message);
            }
        return new() { Troubles = troubles };
    }

    // A site may not have been told of a partner that the backup knows.
    private static PartnerCluster Unknown(GateView view)
    {
        var nodes = view.WantedOf<PacemakerFacts>()?.Nodes.Select(node => node.Name)
            ?? view.WantedOf<CorosyncFacts>()?.Nodes.Select(node => node.Name ?? string.Join(" ", node.Addresses)).OfType<string>()
            ?? [];
        var known = nodes.ToList();
        return known.Count < 2
            ? new() { IsAlone = true }
            : new() { Troubles = [$"the backup of {view.Name} knows a cluster of {known.Some()}, and the site no partner of {view.Name}: 'relustre discover {view.Name}' adds it"] };
    }
}
