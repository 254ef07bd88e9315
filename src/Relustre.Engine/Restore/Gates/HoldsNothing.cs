using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>The server has handed over all that it had: its resources, its targets' disks, and the cluster's lead.</summary>
public sealed class HoldsNothing() : Gate(GateName, "this server runs no resource, does not lead the cluster, and has no target or pool in use")
{
    public const string GateName = "holds-nothing";

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        if (await MountedAsync(view, cancel) is { } mounted)
            return mounted;
        if (await ClusterQuestion.AskAsync(view.Host, cancel) is { } own)
            return Held(view, own, own.Here, $"ssh {view.Name} crm_mon -1") ?? Open($"{view.Name} is in its cluster, and holds nothing");
        // A restore that was cut off when it had just started Corosync goes on.
        var server = await new NodeIsIdle().AnswerAsync(view.Host, cancel, orTalks: true);
        if (!server.IsOpen)
            return Closed(server.Reason, server.Look);
        // What the others believe of it counts as well: an unclean node may hold anything.
        var cluster = await PartnerCluster.FindAsync(view, cancel);
        return cluster.Seen is { } seen && Held(view, seen, seen.Status.NodeOf(view.Names), $"ssh {cluster.Partner!.Host.Name} crm_mon -1") is { } held
            ? held
            : Open($"no {(server.Reason == NodeIsIdle.Idle ? "cluster" : "Pacemaker")} runs on {view.Name}, and it has nothing mounted");
    }

    private async Task<GateAnswer?> MountedAsync(GateView view, CancellationToken cancel) => await HeldTargets.AskAsync(view.Host, view.Wanted.Values, cancel) switch
    {
        null => Closed($"{view.Name} does not tell what is mounted on it", $"ssh {view.Name} cat /proc/mounts"),
        [] => null,
        var held => Closed($"{view.Name} still holds {held.Some()}: move its resources to the partner first", $"ssh {view.Name} 'cat /proc/mounts; crm_mon -1'"),
    };

    private GateAnswer? Held(GateView view, SeenCluster seen, ClusterStatus.Node? node, string look)
    {
        if (node is null)
            return seen.Status.Nodes.Count == 0 ? null : Missing(view, seen, look);
        var running = seen.Status.Resources.Where(resource => resource.Nodes.Contains(node.Name)).Select(resource => resource.Id).ToList();
        return node switch
        {
            { IsUnclean: true } => Closed($"the cluster does not know what {node.Name} does (unclean): it must be fenced first, or confirmed to be off", look),
            _ when running.Count > 0 => Closed($"{node.Name} runs {running.Some()}: 'pcs node standby {node.Name}' moves them", look),
            { IsCoordinator: true } => Closed($"{node.Name} leads the cluster (DC): it hands over when the cluster is stopped on it ('pcs cluster stop')", look),
            _ => null,
        };
    }

    // A cluster from which the server was removed holds nothing for it, but only the server itself may say that it runs elsewhere.
    private GateAnswer? Missing(GateView view, SeenCluster seen, string look) => seen.Here is { } self && seen.Status.NodeOf(view.Names) is null && seen.Status.Nodes.All(node => node == self)
        ? null
        : Closed($"the cluster knows {seen.Status.Nodes.Select(node => node.Name).ToList().Some()}, and nobody can tell which of them is {view.Name}", look);
}
