using System.Globalization;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>
/// The server becomes a member of its cluster again. The cluster's configuration comes from the partner and is not restored.
/// Corosync must see every living partner before Pacemaker starts, since a Pacemaker that is alone fences whom it does not see; or Pacemaker
/// must have neither a configuration nor a vote until then, as on a server that was installed anew (votequorum(5), wait_for_all).
/// </summary>
internal static class RejoinPhase
{
    internal static readonly string[] Daemons = ["corosync", "pacemaker"];
    private static readonly string[] Companions = ["pcsd", "chroma-agent"];

    // Corosync 1 has its objects, 2 and 3 their map, under different names with the same words in them.
    internal const string Members = """[ "$({ corosync-cmapctl 2>/dev/null || corosync-objctl; } | grep -c 'members.*status.*joined')" -ge "$1" ]""";

    // A pair of which each waits for the other: where it has no quorum now, it gets none before both are seen.
    private const string HasNoVote = """
        has_no_vote() {
            said=$(corosync-quorumtool -s 2>/dev/null)
            printf '%s\n' "$said" | grep -q '^Quorate: *No' && printf '%s\n' "$said" | grep '^Flags:.*2Node' | grep -q WaitForAll
        }
        """;

    // A CIB of its own may tell Pacemaker to go on without quorum and whom to fence; sbd ends a server whose cluster has none.
    private const string MayBeAlone = $$"""
        {{HasNoVote}}
        may_be_alone() {
            for cib in /var/lib/pacemaker/cib/* /var/lib/heartbeat/crm/*; do [ ! -e "$cib" ] || return 1; done
            ! systemctl --quiet is-enabled sbd 2>/dev/null && has_no_vote
        }
        """;

    private const string MayStart = $$"""
        {{MayBeAlone}}
        {{Members}} || may_be_alone || { echo "corosync does not see $1 members yet"; exit 1; }
        """;

    // After 20 s alone (dc-deadtime), or when it is stopped, Pacemaker begins a CIB of its own, which goes with it. What a cut-off attempt
    // left running alone is stopped, too; what has a vote is not alone, and nobody's to stop. An attempt that was cut off goes on by itself,
    // so the next one waits for it; where nobody hears it any more, it starts nothing.
    private const string StartUnlessAlone = $$"""
        {{MayBeAlone}}
        seen() {
            end=$(($(date +%s) + $2))
            until {{Members}}; do
                [ "$(date +%s)" -lt "$end" ] || return 1
                sleep 0.1 2>/dev/null || sleep 1
            done
        }
        if command -v flock >/dev/null && [ -d /var/run ]; then
            exec 9>/var/run/relustre-pacemaker.lock
            flock -w 100 9 || { echo "an earlier attempt to start pacemaker has not ended"; exit 1; }
        fi
        if seen "$1" 0; then $2 9>&-; exit; fi
        begun=
        if may_be_alone; then
            $2 9>&- || exit
            trap '' HUP PIPE
            ! seen "$1" 10 || exit 0
            begun=yes
        fi
        if has_no_vote; then
            timeout 60 $3 9>&- || { echo "corosync does not see $1 members, and pacemaker does not stop: see its log"; exit 1; }
            [ -z "$begun" ] || rm -f /var/lib/pacemaker/cib/* /var/lib/heartbeat/crm/*
        fi
        seen "$1" 60 || { echo "corosync does not see $1 members: look at corosync-cfgtool -s, and at what lies between the servers"; exit 1; }
        echo "corosync has seen $1 members late" || exit
        $2 9>&-
        """;

    internal const string Online = """crm_mon -1 | grep -E '^[ *]*Online:.*\[' | grep -qwF -- "$1" """;
    internal const string Agents = """for s in "$@"; do if command -v systemctl >/dev/null 2>&1; then systemctl start "$s"; else service "$s" start; fi || exit; done""";

    private const string AutostartWhy = "it was so; only now, since a cluster that starts with a half-restored server would fence or be fenced";
    private const string SeesWhy = "Pacemaker fences whom it does not see when it starts, but where it has no configuration and no vote until all are seen";
    private const string StartWhy = "the cluster's configuration comes from the partner; should Corosync not see the others within 10 s, it is stopped until it does";

    public static IEnumerable<PlannedStep> Steps(RestoreContext context, ServerTies ties, bool isAfterReboot)
    {
        if (ties.Cluster is null || (context.FoundOf<PacemakerFacts>()?.IsLive == true && !isAfterReboot))
            yield break;
        var platform = context.Platform;
        var enabled = Daemons.Where(daemon => IsEnabled(daemon, context)).ToList();
        yield return Step(new RunTool("start corosync", Start("corosync", platform)), "first the layer that only talks") with { Gates = StageGates.Membership };
        // It takes seconds until it has found the others.
        if (enabled.Count > 0)
            yield return Step(new RunTool($"let {string.Join(" and ", enabled)} start at boot", Enable(enabled, context)), AutostartWhy) with { Gates = StageGates.Membership };
        var members = ties.LivingPartners.Count + 1;
        var count = members.ToString(CultureInfo.InvariantCulture);
        yield return Step(new Verify(new Check(members == 1 ? "corosync sees 1 member" : $"corosync sees {count} members, or waits for all of them", Script(MayStart, count)) { Patience = 60 }), SeesWhy);
        yield return Step(new RunTool("start pacemaker", Script(StartUnlessAlone, count, Words("start", platform), Words("stop", platform)) with { TimeLimit = 300 }), StartWhy) with { Gates = StageGates.Resources };
        yield return Step(new Verify(new Check($"the cluster has {ties.Name} online", Script(Online, ties.Name)) { Patience = 180 }), "it may be given targets from now on");
        var others = Others(context);
        if (others.Count > 0)
            yield return Step(new RunTool($"start {string.Join(", ", others)}", new RemoteCommand(["sh", "-c", Agents, "start", .. others]) { TimeLimit = 180 }), "they started at boot before");
    }

    internal static IReadOnlyList<string> Others(RestoreContext context) =>
        [.. Companions.Where(service => IsEnabled(service, context))];

    internal static bool IsEnabled(string service, RestoreContext context) => context.WantedOf<ServicesFacts>() is { } services
        && (services.Units.Any(unit => unit.Name == $"{service}.service" && unit.State == "enabled") || services.SysV.Any(one => one.Name == service && one.Levels.Length > 0));

    internal static RemoteCommand Enable(IReadOnlyList<string> daemons, RestoreContext context) => context.Platform.HasSystemd
        ? new RemoteCommand(["systemctl", "--quiet", "enable", .. daemons])
        : new RemoteCommand(["sh", "-c", """for s in "$@"; do chkconfig --add "${s%%=*}" && chkconfig --level "${s#*=}" "${s%%=*}" on || exit; done""", "enable", .. daemons.Select(daemon => $"{daemon}={Levels(daemon, context)}")]);

    private static string Levels(string service, RestoreContext context) =>
        context.WantedOf<ServicesFacts>()?.SysV.FirstOrDefault(one => one.Name == service)?.Levels is { Length: > 0 } levels ? levels : "2345";

    internal static RemoteCommand Start(string service, Platform platform) =>
        (platform.HasSystemd ? new RemoteCommand("systemctl", "start", service) : new RemoteCommand("service", service, "start")) with { TimeLimit = 180 };

    private static string Words(string verb, Platform platform) => platform.HasSystemd ? $"systemctl {verb} pacemaker" : $"service pacemaker {verb}";

    internal static RemoteCommand Script(string script, params IReadOnlyList<string> arguments) => new(["sh", "-c", script, "look", .. arguments]);

    private static PlannedStep Step(RestoreStep step, string why) =>
        new(0, "cluster", step) { Stage = RestoreStage.Rejoin, Why = why };
}
