namespace Relustre.Restore.Gates;

/// <summary>
/// The server is no part of a running cluster and serves nothing: what is written then changes nothing that runs, and the
/// partner, whose targets they are meanwhile, is not disturbed.
/// </summary>
public sealed class NodeIsIdle() : Gate(GateName, "this server's cluster is stopped and it has no Lustre target mounted")
{
    public const string GateName = "node-is-idle";

    // Corosync holds its lock on this file while it runs; EL6's cman and heartbeat have no such file and are seen as processes.
    private static readonly RemoteCommand Look = new("sh", "-c",
        "grep -q ' lustre ' /proc/mounts 2>/dev/null && { echo mounted; exit 0; }; "
        + "for c in corosync pacemakerd pacemaker-based cman; do pidof $c >/dev/null 2>&1 && { echo $c; exit 0; }; done; echo idle");

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var result = await view.Host.RunAsync(Look, cancel);
        var name = view.Host.Host.Name;
        return result.Output.Trim() switch
        {
            "idle" when result.IsDone => Open("no cluster runs here and no target is mounted"),
            "mounted" => Closed($"{name} has a Lustre target mounted: move its resources to the partner first", $"ssh {name} 'mount -t lustre; crm_mon -1'"),
            var running when result.IsDone && running.Length is > 0 and < 40 =>
                Closed($"{running} runs on {name}: stop the cluster on it first ('pcs cluster stop' there moves what it serves)", $"ssh {name} crm_mon -1"),
            _ => Closed($"{name} does not tell whether it is part of a running cluster (exit code {result.ExitCode})", $"ssh {name} ps -e"),
        };
    }
}
