using System.Globalization;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>
/// The server becomes a member of its cluster again. The cluster's configuration comes from the partner and is not restored.
/// Corosync must see every living partner before Pacemaker starts: a Pacemaker that is alone fences whom it does not see.
/// </summary>
internal static class RejoinPhase
{
    internal static readonly string[] Daemons = ["corosync", "pacemaker"];
    private static readonly string[] Companions = ["pcsd", "chroma-agent"];

    // Corosync 1 has its objects, 2 and 3 their map, under different names with the same words in them.
    internal const string Members = """[ "$({ corosync-cmapctl 2>/dev/null || corosync-objctl; } | grep -c 'members.*status.*joined')" -ge "$1" ]""";
    internal const string Online = """crm_mon -1 | grep -E '^[ *]*Online:.*\[' | grep -qwF -- "$1" """;
    internal const string Agents = """for s in "$@"; do if command -v systemctl >/dev/null 2>&1; then systemctl start "$s"; else service "$s" start; fi || exit; done""";

    private const string AutostartWhy = "it was so; only now, since a cluster that starts with a half-restored server would fence or be fenced";
    private const string SeesWhy = "Pacemaker fences whom it does not see when it starts";

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
        var sees = Script(Members, members.ToString(CultureInfo.InvariantCulture));
        yield return Step(new Verify(new Check($"corosync sees {members} {(members == 1 ? "member" : "members")}", sees) { Patience = 60 }), SeesWhy);
        yield return Step(new RunTool("start pacemaker", Start("pacemaker", platform)), "the cluster's configuration comes from the partner") with { Gates = StageGates.Resources };
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

    internal static RemoteCommand Script(string script, params IReadOnlyList<string> arguments) => new(["sh", "-c", script, "look", .. arguments]);

    private static PlannedStep Step(RestoreStep step, string why) =>
        new(0, "cluster", step) { Stage = RestoreStage.Rejoin, Why = why };
}
