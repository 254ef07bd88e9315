using System.Globalization;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>
/// A new and empty cluster of all servers of a pair. Startup fencing would power-cycle a server that is not seen, so all of them are
/// online, with nothing to fence by, before any configuration comes.
/// </summary>
internal static class FormPhase
{
    private const RestoreStage Stage = RestoreStage.Rejoin;

    // What lies there would start with Pacemaker. It holds passwords, so it stays with its owner and mode.
    private const string SetAside = """
        for dir in /var/lib/pacemaker/cib /var/lib/heartbeat/crm; do
            [ -d "$dir" ] && [ -n "$(ls -A "$dir")" ] || continue
            aside=$dir.before-recovery; n=1
            while [ -e "$aside" ]; do n=$((n + 1)); aside=$dir.before-recovery-$n; done
            mkdir -m 0700 "$aside" && mv "$dir"/* "$aside" || exit
        done
        """;

    private const string AllOnline = """
        seen=$(crm_mon -1) || exit
        online=$(printf '%s\n' "$seen" | grep -E '^[ *]*Online:.*\[') || { printf '%s\n' "$seen"; exit 1; }
        for node; do printf '%s\n' "$online" | grep -qwF -- "$node" || { printf '%s\n' "$seen" | grep -F -- "$node"; exit 1; }; done
        """;

    private const string SameIds = """
        known=$(crm_node -l) || exit
        while [ $# -gt 0 ]; do printf '%s\n' "$known" | grep -qE -- "^$1 $2( |\$)" || { echo "the cluster does not call node $1 $2"; printf '%s\n' "$known"; exit 1; }; shift 2; done
        """;

    public static IEnumerable<PlannedStep> Steps(IReadOnlyList<PairMember> members, IReadOnlyDictionary<string, string> nodes)
    {
        var count = members.Count.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. members.Select(member => member.Step(Stage, new RunTool("set aside the CIB that lies here", RejoinPhase.Script(SetAside)),
                "Pacemaker would start with it, alone", NodeIsIdle.GateName, NoNewerCib.GateName)),
            .. members.Select(member => member.Step(Stage, new RunTool("start corosync", RejoinPhase.Start("corosync", member.Context.Platform)), "first the layer that only talks", KeysAgree.GateName)),
            .. members.Select(member => member.Step(Stage, new Verify(new Check($"corosync sees {count} members", RejoinPhase.Script(RejoinPhase.Members, count)) { Patience = 60 }),
                "a Pacemaker that is alone fences whom it does not see")),
            .. members.Select(member => member.Step(Stage, new RunTool("start pacemaker", RejoinPhase.Start("pacemaker", member.Context.Platform)), "it has no configuration yet, and nothing to fence by",
                TargetsVisible.GateName, NothingMounted.GateName)),
            .. members.Select(member => member.Step(Stage, new Verify(new Check($"the cluster has {string.Join(" and ", members.Select(other => other.Node))} online", RejoinPhase.Script(AllOnline, [.. members.Select(other => other.Node)])) { Patience = 180 }),
                "with all online, the configuration finds nobody to fence")),
            members[0].Step(Stage, new Verify(new Check("nodes have the ids that the configuration knows them by", RejoinPhase.Script(SameIds, [.. nodes.SelectMany(node => new[] { node.Key, node.Value })])) { Patience = 30 }),
                "a node that the configuration has and nobody is would be fenced for ever"),
            .. members.SelectMany(Autostart),
        ];
    }

    // From now on a server that loses power must come back by itself.
    private static IEnumerable<PlannedStep> Autostart(PairMember member)
    {
        var enabled = RejoinPhase.Daemons.Where(daemon => RejoinPhase.IsEnabled(daemon, member.Context) && (member.Reboots || !member.Enabled.Contains(daemon))).ToList();
        if (enabled.Count > 0)
            yield return member.Step(Stage, new RunTool($"let {string.Join(" and ", enabled)} start at boot", RejoinPhase.Enable(enabled, member.Context)), "it was so");
    }
}
