using System.Globalization;
using Relustre.Hosts;
using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>
/// Fencing that is suspended for a while. On shared disks that is how targets are started twice, so it is a lease and no switch: it has a
/// reason and a limit, stands in the cluster's own configuration where every node and every audit sees it, and each node that was
/// asked puts an end to it by itself, whatever becomes of Relustre and its machine. A cluster in maintenance mode, or resources that are
/// disabled, are nearly always the better way.
/// </summary>
/// <param name="Id">Which one it is: a timer that was set for another lets this one be.</param>
/// <param name="Until">When nodes end it.</param>
/// <param name="By">Who suspended it.</param>
public sealed record FencingLease(string Id, DateTimeOffset Until, string By, string Reason)
{
    /// <summary>The cluster's property in which it stands.</summary>
    public const string Property = "relustre-fencing-lease";

    public const string NotOpened = $"fencing is not suspended: type '--open-gate {FencingSuspended.GateName}'. A cluster in maintenance mode ('pcs property set maintenance-mode=true') is nearly always the better way";

    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private const int MaxReason = 200;

    // The timer is armed before anything is suspended. It tries until the cluster has taken the change, for a day.
    private const string Arm = """
        id=$1 seconds=$2
        undo='id=$1; property='"$3"'; n=0
            lease() { crm_attribute --type crm_config --name "$property" --query --quiet 2>/dev/null; }
            while [ $n -lt 8640 ]; do
                if cibadmin --query >/dev/null 2>&1; then
                    case "$(lease)" in "$id "*) ;; *) exit 0 ;; esac
                    crm_attribute --type crm_config --name stonith-enabled --update true && crm_attribute --type crm_config --name "$property" --delete && exit 0
                fi
                n=$((n + 1)); sleep 10
            done'
        if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
            systemd-run --quiet --collect --on-active="$seconds" --timer-property=AccuracySec=1s --unit="$3-$id" sh -c "$undo" undo "$id" 2>/dev/null ||
                systemd-run --on-active="$seconds" --timer-property=AccuracySec=1s --unit="$3-$id" sh -c "$undo" undo "$id"
        else
            setsid sh -c 'sleep "$1"; shift; exec sh -c "$@"' later "$seconds" "$undo" undo "$id" </dev/null >/dev/null 2>&1 &
        fi
        """;

    private const string Suspend = """
        crm_attribute --type crm_config --name "$1" --update "$2" && crm_attribute --type crm_config --name stonith-enabled --update false
        """;

    // Both words in one answer, so that a lease that is gone and fencing that is still off are told apart.
    private const string Look = FencingSilence.Look + """
        echo "lease $(crm_attribute --type crm_config --name "$1" --query --quiet 2>/dev/null)"
        echo looked
        """;

    private const string End = """
        crm_attribute --type crm_config --name stonith-enabled --update true && crm_attribute --type crm_config --name "$1" --delete
        """;

    public bool IsOver(DateTimeOffset now) => now >= Until;

    /// <summary>As people are told of it.</summary>
    public string Shown => string.Create(CultureInfo.InvariantCulture, $"fencing is suspended until {Until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {By}: {Reason}");

    /// <summary>The same, and whether it should have been ended.</summary>
    public string ShownAt(DateTimeOffset now) => IsOver(now) ? $"{Shown}. It is over, and no node has ended it" : Shown;

    /// <summary>Suspends the fencing of the cluster that these nodes are in; each of them gets a timer first.</summary>
    /// <param name="isOpened">A person has typed the name of <see cref="FencingSuspended"/>.</param>
    /// <exception cref="RestoreException">The gate was not opened by its name, the limit is none, or a node could not be armed: then nothing is suspended.</exception>
    public static async Task<FencingLease> TakeAsync(bool isOpened, IReadOnlyList<HostShell> nodes, TimeSpan limit, string reason, TimeProvider clock, CancellationToken cancel)
    {
        if (!isOpened)
            throw new RestoreException(NotOpened);
        if (limit < TimeSpan.FromSeconds(1) || limit > Longest)
            throw new RestoreException($"fencing is suspended for 1 second at least and for {Longest.TotalHours} hours at most");
        if (Plain(reason).Length == 0)
            throw new RestoreException("fencing is suspended for a reason: say it");
        if (nodes.Count == 0)
            throw new RestoreException("no node of the cluster was named");
        var lease = new FencingLease(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4)), clock.GetUtcNow() + limit, Plain(Environment.UserName), Plain(reason));
        var seconds = Math.Ceiling(limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        foreach (var node in nodes)
            await DoAsync(node, Question.Of(Arm, lease.Id, seconds, Property), cancel);
        await DoAsync(nodes[0], Question.Of(Suspend, Property, lease.Text), cancel);
        return lease;
    }

    /// <summary>The lease that the cluster of a node has; null: none.</summary>
    /// <exception cref="RestoreException">It does not tell, and the message says why and what to do.</exception>
    /// <exception cref="HostException">It cannot be reached.</exception>
    public static async Task<FencingLease?> FindAsync(HostShell node, CancellationToken cancel)
    {
        var answer = await node.RunAsync(Question.Of(Look, Property), cancel);
        if (!answer.IsDone || answer.After("lease") is not { } text || answer.After("looked") is null)
            throw new RestoreException(FencingSilence.Of(node.Host.Name, answer));
        return text.Length == 0 ? null : Parse(text);
    }

    /// <summary>Ends it before its time: fencing is on again, and nodes' timers find nothing to do.</summary>
    /// <exception cref="RestoreException">The cluster did not take it.</exception>
    public static Task EndAsync(HostShell node, CancellationToken cancel) => DoAsync(node, Question.Of(End, Property), cancel);

    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Id} {Until.ToUnixTimeSeconds()} {By.Replace(' ', '_')} {Reason}");

    // What is there and cannot be read was written by somebody else: it is a lease all the same, and over.
    public static FencingLease Parse(string text) => text.Split(' ', 4) is [var id, var until, var by, var reason]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new FencingLease(Plain(id), DateTimeOffset.FromUnixTimeSeconds(seconds), Plain(by), Plain(reason))
            : new FencingLease("", DateTimeOffset.UnixEpoch, "nobody knows whom", Plain(text));

    private static string Plain(string text)
    {
        var harmless = Harmless.Text(text.Trim());
        return harmless.Length > MaxReason ? harmless[..MaxReason] : harmless;
    }

    private static async Task DoAsync(HostShell node, RemoteCommand command, CancellationToken cancel)
    {
        var answer = await node.RunAsync(command, cancel);
        if (!answer.IsDone)
            throw new RestoreException($"{node.Host.Name}: {Harmless.Text(answer.Said())}");
    }
}
