namespace Relustre.Restore.Gates;

/// <summary>
/// The server is no part of a running cluster and serves nothing: what is written then changes nothing that runs, and the
/// partner, whose targets they are meanwhile, is not disturbed.
/// </summary>
public sealed class NodeIsIdle() : Gate(GateName, "this server's cluster is stopped and it has no Lustre target mounted")
{
    public const string GateName = "node-is-idle";

    // Names of processes as the kernel has them, 15 letters at most: what every release has, and needs no tool.
    private const string Look = """
        [ -r /proc/mounts ] && [ -r /proc/self/stat ] || { echo "no /proc"; exit 1; }
        if awk '($3 == "lustre" && $1 !~ /:\//) || $3 == "lustre_tgt" { found = 1 } END { exit !found }' /proc/mounts; then echo mounted; exit 0; fi
        cat /proc/[0-9]*/stat 2>/dev/null | awk '
            { name = $0; sub(/^[0-9]* \(/, "", name); sub(/\) .*/, "", name) }
            name ~ /^(pacemakerd|pacemaker-based|crmd|cman|heartbeat)$/ && !found { found = name }
            name == "corosync" { talks = name }
            END { if (!NR) exit 1; print found ? found : talks ? talks : "idle" }'
        """;

    internal const string Idle = "no cluster runs here and no target is mounted";

    private static readonly RemoteCommand Command = Question.Of(Look);

    /// <summary>What is wrong with it; null: it is idle.</summary>
    internal static async Task<GateAnswer?> LookAtAsync(HostShell shell, CancellationToken cancel) =>
        await new NodeIsIdle().AnswerAsync(shell, cancel) is { IsOpen: false } closed ? closed : null;

    protected override Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel) => AnswerAsync(view.Host, cancel);

    /// <param name="orTalks">Corosync may run, if nothing else of a cluster does: it talks, and holds nothing.</param>
    internal async Task<GateAnswer> AnswerAsync(HostShell shell, CancellationToken cancel, bool orTalks = false)
    {
        var result = await shell.RunAsync(Command, cancel);
        var name = shell.Host.Name;
        return result.Output.Trim() switch
        {
            "idle" when result.IsDone => Open(Idle),
            "corosync" when result.IsDone && orTalks => Open("nothing of a cluster but Corosync runs here, and no target is mounted"),
            "mounted" when result.IsDone => Closed($"{name} has a Lustre target mounted: move its resources to the partner first", $"ssh {name} 'mount -t lustre; crm_mon -1'"),
            var running when result.IsDone && running.Length is > 0 and < 40 =>
                Closed($"{running} runs on {name}: stop the cluster on it first ('pcs cluster stop' there moves what it serves)", $"ssh {name} crm_mon -1"),
            _ => Closed($"{name} does not tell whether it is part of a running cluster (exit code {result.ExitCode})", $"ssh {name} ps -e"),
        };
    }
}
