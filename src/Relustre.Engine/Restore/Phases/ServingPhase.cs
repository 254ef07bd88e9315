using System.Globalization;
using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>What was held back is released in Lustre's order, each when the one before it runs; then nothing of the recovery is left in the configuration.</summary>
internal static class ServingPhase
{
    private const RestoreStage Stage = RestoreStage.Serving;
    private const int Patience = 600;

    // Removing what is gone already is no failure of some releases, and one of others.
    private const string Remove = """
        there() { cibadmin --query --xpath "//$1[@id='$2']" >/dev/null 2>&1; }
        remove() { ! there "$1" "$2" || cibadmin --delete --xml-text "<$1 id=\"$2\"/>" || ! there "$1" "$2"; }

        """;

    private const string Release = Remove + """
        seconds=$1; prefix=$2; shift 2
        runs() { crm_resource --resource "$1" --locate 2>/dev/null | grep -q 'running on'; }
        for one; do remove meta_attributes "$prefix$one" || exit; done
        end=$(($(date +%s) + seconds))
        [ "$seconds" -gt 0 ] || exit 0
        for one; do
            until runs "$one"; do
                [ "$(date +%s)" -lt "$end" ] || { echo "$one did not start within $seconds s"; crm_mon -1rf | grep -F -- "$one"; exit 1; }
                sleep 0.3 2>/dev/null || sleep 1
            done
        done
        """;

    private const string Finish = Remove + """
        mark=$1; shift
        for id; do cibadmin --modify --scope crm_config --xml-text "<nvpair id=\"$id\" value=\"true\"/>" || exit; done
        remove cluster_property_set "$mark"
        """;

    public static IEnumerable<PlannedStep> Steps(IReadOnlyList<PairMember> members, LoadableCib cib) =>
    [
        .. members.Skip(1).Select(member => member.Step(Stage, new RunTool("forget what failed before", Cleanup), "a resource that failed too often may not come back", FencingWorks.GateName)),
        .. cib.Starts.Select((start, at) => members[0].Step(Stage, Released(start), Why(start), at == 0 ? [FencingWorks.GateName, NothingMounted.GateName] : [])),
        members[0].Step(Stage, new RunTool("take the recovery's marks out of the configuration", RejoinPhase.Script(Finish, [LoadableCib.Mark, .. cib.Brakes])),
            cib.Brakes.Count > 0 ? "the backup was taken in maintenance, and so it is again" : "it is then what was backed up"),
        .. members.SelectMany(Companions),
    ];

    private static RemoteCommand Cleanup => new("crm_resource", "--cleanup") { TimeLimit = 120 };

    private static RunTool Released(ClusterStart start)
    {
        var seconds = start.IsLeftAlone ? 0 : Patience;
        return new(start.IsLeftAlone ? $"release {start.Id}, which was stopped before" : $"start {start.Id}",
            RejoinPhase.Script(Release, [seconds.ToString(CultureInfo.InvariantCulture), LoadableCib.HoldOf(""), .. start.Primitives]) with { TimeLimit = seconds + 60 });
    }

    private static string Why(ClusterStart start) => start.IsLeftAlone ? "nobody waits for it" : "the MGS comes first, then metadata, then objects";

    private static IEnumerable<PlannedStep> Companions(PairMember member)
    {
        var others = RejoinPhase.Others(member.Context);
        if (others.Count > 0)
            yield return member.Step(Stage, new RunTool($"start {string.Join(", ", others)}", RejoinPhase.Script(RejoinPhase.Agents, others) with { TimeLimit = 180 }), "they started at boot before");
    }
}
