using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>Where a whole pair was lost and a server was not installed anew, its old cluster would start with the next boot, alone and in the midst of it.</summary>
internal static class QuietPhase
{
    // On the server itself, since packages may come and go; what is not there is not enabled.
    private const string Keep = """for s in "$@"; do if command -v systemctl >/dev/null 2>&1; then systemctl --quiet disable "$s" 2>/dev/null || :; else chkconfig "$s" off 2>/dev/null || :; fi; done""";

    public static IEnumerable<PlannedStep> Steps(IReadOnlyList<PairMember> members) =>
        from member in members
        where IsEnabled(member)
        select member.Step(RestoreStage.Quiet, new RunTool("keep the cluster from starting at boot", RejoinPhase.Script(Keep, RejoinPhase.Daemons)),
            "a cluster that starts with one half-restored server fences the other");

    private static bool IsEnabled(PairMember member) => member.Context.FoundOf<Facts.ServicesFacts>() is { } services
        && RejoinPhase.Daemons.Any(daemon => services.Units.Any(unit => unit.Name == $"{daemon}.service" && unit.State == "enabled") || services.SysV.Any(one => one.Name == daemon && one.Levels.Length > 0));
}
