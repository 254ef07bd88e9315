using System.Globalization;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>
/// Histories of failures are forgotten, and what this server is the home of comes back to it: by a move whose constraint is
/// taken away again, since the stickiness of IML's clusters keeps targets where they are.
/// </summary>
internal static class FailbackPhase
{
    // Moving what is here already changes nothing; a constraint left by one that was cut off is cleared all the same. crm_resource takes half a
    // second on a cluster whose CIB has an old schema, which it translates each time, so it is asked when the CIB itself says that the
    // resource has started, or, since it does not say so of a group, now and then. A move leaves cli-prefer-RESOURCE, and older ones what only crm_resource knows.
    private const string Home = """
        started() { cibadmin --query --xpath "//node_state[@uname='$2']//lrm_resource[@id='$1']/lrm_rsc_op[@operation='start'][@rc-code='0']" >/dev/null 2>&1; }
        here() { crm_resource --resource "$1" --locate 2>/dev/null | grep -qwF -- "$2"; }
        came() {
            asked=0
            until started "$1" "$2"; do
                [ $asked -lt 10 ] || { here "$1" "$2"; return; }
                [ "$(date +%s)" -lt "$end" ] || return
                asked=$((asked + 1))
                sleep 0.1 2>/dev/null || sleep 1
            done
        }
        clear_move() {
            { cibadmin --delete --scope constraints --xml-text "<rsc_location id=\"cli-prefer-$1\"/>" &&
                ! cibadmin --query --xpath "//rsc_location[@rsc='$1'][starts-with(@id,'cli-')]"; } >/dev/null 2>&1 ||
                crm_resource --clear --resource "$1" >/dev/null 2>&1 || crm_resource --un-move --resource "$1" >/dev/null 2>&1 || :
        }
        started "$1" "$2" || crm_resource --move --resource "$1" --node "$2" >/dev/null || { code=$?; here "$1" "$2" || exit $code; }
        end=$(($(date +%s) + $3))
        until came "$1" "$2"; do
            [ "$(date +%s)" -lt "$end" ] || { clear_move "$1"; echo "$1 did not come to $2 within $3 s"; crm_mon -1 | grep -F -- "$1"; exit 1; }
        done
        clear_move "$1"
        """;

    private const int Patience = 600;

    public static IEnumerable<PlannedStep> Steps(RestoreContext context, ServerTies ties)
    {
        if (ties.Cluster is not { } cluster || context.FoundOf<PacemakerFacts>()?.IsLive == true)
            yield break;
        yield return Step(new RunTool("forget what failed while this server was away", new RemoteCommand("crm_resource", "--cleanup") { TimeLimit = 120 }),
            "a resource that failed too often here may not come back");
        foreach (var resource in HomeOf(ties.Name, cluster).OrderBy(LustreTurn.Of))
            yield return Step(new RunTool($"bring {resource} home", MoveOf(resource, ties.Name)), $"{ties.Name} is where it was meant to run") with { Gates = StageGates.Move };
    }

    private static RemoteCommand MoveOf(string resource, string node) =>
        new("sh", "-c", Home, "home", resource, node, Patience.ToString(CultureInfo.InvariantCulture)) { TimeLimit = Patience + 60 };

    /// <summary>Resources (or groups) that like this node best.</summary>
    internal static IReadOnlyList<string> HomeOf(string node, PacemakerFacts cluster) =>
    [
        .. from location in cluster.Locations
           where location is { Resource: not null, Node: not null } && !location.Id.StartsWith("cli-", StringComparison.Ordinal)
           let score = Score(location)
           where score > 0
           group (location.Node, Score: score) by location.Resource into places
           let best = places.MaxBy(place => place.Score)
           where best.Node == node && places.Count(place => place.Score == best.Score) == 1
           select places.Key,
    ];

    private static int Score(ClusterLocation location) => location.Score switch
    {
        "INFINITY" or "+INFINITY" => 1_000_000,
        var text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score) ? score : 0,
    };

    private static PlannedStep Step(RestoreStep step, string why) => new(0, "cluster", step) { Stage = RestoreStage.Failback, Why = why };
}
