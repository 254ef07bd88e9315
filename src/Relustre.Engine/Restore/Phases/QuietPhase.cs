using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>Where a whole pair was lost and a server was not installed anew, its old cluster would start with the boot on its way back, alone and in the midst of it.</summary>
internal static class QuietPhase
{
    private const string Keep = """for s in "$@"; do if command -v systemctl >/dev/null 2>&1; then systemctl --quiet disable "$s" 2>/dev/null || :; else chkconfig "$s" off 2>/dev/null || :; fi; done""";

    public static IEnumerable<PlannedStep> Steps(IReadOnlyList<PairMember> members) =>
        from member in members
        where member.Reboots && member.Enabled.Count > 0
        select member.Step(RestoreStage.Quiet, new RunTool("keep the cluster from starting at boot", RejoinPhase.Script(Keep, member.Enabled)),
            "a cluster that starts with one half-restored server fences the other");
}
