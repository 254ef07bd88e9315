using System.Globalization;
using System.Text;
using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>
/// The configuration comes into the empty cluster: looked over by Pacemaker's own tools first, and alone, since the status of a backup
/// claims that servers serve which do not. It holds passwords, and so it travels on standard input.
/// </summary>
internal static class ConfigurationPhase
{
    private const RestoreStage Stage = RestoreStage.Configuration;

    // What the verifier says of a fence device may repeat its parameters: its verdict is enough, and its words stay here.
    private const string LookOver = """crm_verify --xml-pipe >/dev/null 2>&1 || { echo "crm_verify refuses it with exit code $?: is this the Pacemaker that the backup was taken with?"; exit 1; }""";

    // With these nodes online: whom it would fence, and what it would start. What it is given, passwords and all, it puts into a file that others may
    // read, beside the cluster's own: here that lies in a folder in memory, and goes also when this is cut off.
    private const string Simulate = """
        umask 077; scratch=
        trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT
        trap 'exit 1' HUP INT TERM PIPE
        for base in /dev/shm /run; do
            case $(stat -f -c %T "$base" 2>/dev/null) in
                tmpfs | ramfs) if [ -w "$base" ] && scratch=$(mktemp -d "$base/relustre.XXXXXX"); then break; fi ;;
            esac
        done
        [ -n "$scratch" ] || { echo "neither /dev/shm nor /run lies in memory, and crm_simulate would leave passwords on the disk: mount -t tmpfs tmpfs /dev/shm"; exit 1; }
        CIB_shadow_dir=$scratch TMPDIR=$scratch; export CIB_shadow_dir TMPDIR
        count=$1; shift; up=
        while [ "$1" != -- ]; do up="$up --node-up=$1"; shift; done
        shift
        told=$(crm_simulate --xml-pipe --run $up 2>/dev/null) || { echo "crm_simulate does not understand it"; exit 1; }
        plan=$(printf '%s\n' "$told" | sed -n '/^Transition Summary:/,/^$/p' | sed 1d)
        ! printf '%s\n' "$plan" | grep -iE '^[ *]*fence ' || { echo "it would fence a server"; exit 1; }
        for one; do
            printf '%s\n' "$plan" | grep -E '^[ *]*Start ' | grep -qwF -- "$one" && begins=yes || begins=no
            [ "$begins" = "$count" ] || { printf '%s\n' "$plan"; [ "$count" = yes ] && echo "it would not start $one" || echo "it would start $one at once"; exit 1; }
        done
        """;

    private const string Load = """
        [ -z "$1" ] || cibadmin --modify --xml-text "<cib validate-with=\"$1\"/>" || exit
        cibadmin --replace --scope configuration --xml-pipe
        """;

    // The configuration's own age counts from the empty cluster's: older backups must not look newer than what runs.
    private const string Raise = """
        age() { cibadmin --query | sed -n "/<cib /{s/.* $1=\"\([0-9]*\)\".*/\1/p;q;}"; }
        admin=$(age admin_epoch) && epoch=$(age epoch) || exit
        [ "$admin" -gt "$1" ] || { [ "$admin" = "$1" ] && [ "$epoch" -gt "$2" ]; } || cibadmin --modify --xml-text "<cib admin_epoch=\"$1\" epoch=\"$(($2 + 1))\"/>"
        """;

    private const string Fencing = """crm_mon -1 | grep -E 'stonith:[^ ]*.*Started'""";

    /// <param name="newest">Of all copies that are known.</param>
    public static IEnumerable<PlannedStep> Steps(IReadOnlyList<PairMember> members, LoadableCib cib, CibAge newest)
    {
        var (first, text, released) = (members[0], Encoding.UTF8.GetBytes(cib.Text), Encoding.UTF8.GetBytes(cib.Released));
        var nodes = members.Select(member => member.Node).ToList();
        return
        [
            first.Step(Stage, new RunTool("look the configuration over with this Pacemaker's schema", RejoinPhase.Script(LookOver) with { Input = text }), "a configuration that does not fit is refused before anything is changed"),
            first.Step(Stage, new RunTool("simulate it: nobody is fenced, and nothing starts at once", Simulation("no", nodes, cib.Starts) with { Input = text }), "targets start one by one, and in Lustre's order"),
            first.Step(Stage, new RunTool("simulate what it does in the end: nobody is fenced, and what served starts", Simulation("yes", nodes, cib.Starts.Where(start => !start.IsLeftAlone)) with { Input = released }), "better now than when it is loaded"),
            first.Step(Stage, new RunTool("bring in the configuration, with everything held back", RejoinPhase.Script(Load, cib.Schema ?? "") with { Input = text, TimeLimit = 120 }), "its status stays out, and its passwords travel on standard input",
                NoNewerCib.GateName, NothingMounted.GateName),
            first.Step(Stage, new RunTool("raise its age over that of every copy", RejoinPhase.Script(Raise, Number(newest.Admin), Number(newest.Epoch))), "an older backup must never look newer than the cluster"),
            .. cib.HasFencing
                ? [first.Step(Stage, new Verify(new Check("a fence device runs", RejoinPhase.Script(Fencing)) { Patience = 60 }), "nothing may start that cannot be fenced")]
                : Array.Empty<PlannedStep>(),
        ];
    }

    private static RemoteCommand Simulation(string begins, IReadOnlyList<string> nodes, IEnumerable<ClusterStart> starts) =>
        RejoinPhase.Script(Simulate, [begins, .. nodes, "--", .. starts.SelectMany(start => start.Primitives)]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
