using System.Globalization;
using System.Security.Cryptography;
using Relustre.Hosts;
using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>
/// Something of a cluster that is lent for a while, and no switch: it has a reason and a limit, stands in the cluster's own configuration where every
/// node and every audit sees it, and each node that was asked puts an end to it by itself, whatever becomes of Relustre and its machine.
/// </summary>
/// <param name="Id">Which one it is: a timer that was set for another lets this one be.</param>
/// <param name="Until">When nodes end it.</param>
/// <param name="By">Who took it.</param>
public sealed record ClusterLease(LeaseKind Kind, string Id, DateTimeOffset Until, string By, string Reason)
{
    private const int MaxReason = 200;
    private const string Nothing = "-";

    // What was not set is not set in the end, so that a cluster is again what its backup says. What is gone already is gone: 6, or 105 since Pacemaker 2.
    private const string Attributes = """
        get() { crm_attribute --type crm_config --name "$1" --query --quiet 2>/dev/null; }
        put() {
            if [ "$2" != - ]; then crm_attribute --type crm_config --name "$1" --update "$2"
            else crm_attribute --type crm_config --name "$1" --delete || gone $?; fi
        }
        gone() { [ "$1" = 6 ] || [ "$1" = 105 ]; }

        """;

    // The timer is armed before anything is lent. systemd would take braces behind a dollar for its own variables.
    private const string Arm = """
        seconds=$1 unit=$2; shift 2
        if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
            systemd-run --quiet --collect --on-active="$seconds" --timer-property=AccuracySec=1s --unit="$unit" sh -c "$@" 2>/dev/null ||
                systemd-run --on-active="$seconds" --timer-property=AccuracySec=1s --unit="$unit" sh -c "$@"
        else
            setsid sh -c 'sleep "$1"; shift; exec sh -c "$@"' later "$seconds" "$@" </dev/null >/dev/null 2>&1 &
        fi
        """;

    // It tries until the cluster has taken the change, for a day. A cluster that just then does not answer is not taken for one without the lease,
    // and a lease that is not seen may be on its way for two minutes: the timer was armed before.
    private const string Undo = Attributes + """
        id=$1 property=$2 setting=$3 after=$4 n=0
        while [ $n -lt 8640 ]; do
            if cibadmin --query >/dev/null 2>&1; then
                held=$(get "$property") || gone $? && case $held in "$id "*) put "$setting" "$after" && put "$property" - && exit 0 ;; "") [ $n -lt 12 ] || exit 0 ;; *) exit 0 ;; esac
            fi
            n=$((n + 1)); sleep 10
        done
        """;

    private const string Take = Attributes + """
        put "$1" "$2" && put "$3" "$4"
        """;

    // All words in one answer, so that a lease that is gone and what is lent all the same are told apart.
    private const string Look = LeaseSilence.Look + Attributes + """
        echo "lease $(get "$1")"
        echo "setting $(get "$2")"
        echo looked
        """;

    /// <summary>What the setting is again in the end; null: it is not set.</summary>
    public string? After { get; init; }

    public bool IsOver(DateTimeOffset now) => now >= Until;

    /// <summary>As people are told of it.</summary>
    public string Shown => string.Create(CultureInfo.InvariantCulture, $"{Kind.State} until {Until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {By}: {Reason}");

    /// <summary>The same, and whether it should have been ended.</summary>
    public string ShownAt(DateTimeOffset now) => IsOver(now) ? $"{Shown}. It is over, and no node has ended it" : Shown;

    /// <summary>Takes one of the cluster that these nodes are in; each of them gets a timer first.</summary>
    /// <param name="isOpened">A person has typed the name of the kind's gate, if it has one.</param>
    /// <exception cref="RestoreException">The gate was not opened by its name, the limit is none, or a node could not be armed: then nothing is lent.</exception>
    public static async Task<ClusterLease> TakeAsync(
        LeaseKind kind, bool isOpened, IReadOnlyList<HostShell> nodes, TimeSpan limit, string reason, TimeProvider clock, CancellationToken cancel)
    {
        if (kind.Gate is not null && !isOpened)
            throw new RestoreException($"nothing is lent before '--open-gate {kind.Gate}' is typed");
        if (limit < TimeSpan.FromSeconds(1) || limit > kind.Longest)
            throw new RestoreException($"a lease of {kind.Name} lasts 1 second at least and {kind.Longest.TotalHours} hours at most");
        if (Plain(reason).Length == 0)
            throw new RestoreException($"a lease of {kind.Name} has a reason: say it");
        if (nodes.Count == 0)
            throw new RestoreException("no node of the cluster was named");
        var (_, was) = await FindAsync(kind, nodes[0], cancel);
        if (was is not null && !kind.IsBefore(was))
            throw new RestoreException($"{kind.Unleased}; a lease would end what is not its own");
        var lease = new ClusterLease(kind, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), clock.GetUtcNow() + limit, Plain(Environment.UserName), Plain(reason)) { After = was };
        var seconds = Math.Ceiling(limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        foreach (var node in nodes)
            await DoAsync(node, Question.Of(Arm, seconds, $"{kind.Property}-{lease.Id}", Undo, "undo", lease.Id, kind.Property, kind.Setting, was ?? Nothing), cancel);
        await DoAsync(nodes[0], Question.Of(Take, kind.Property, lease.Text, kind.Setting, kind.During), cancel);
        return lease;
    }

    /// <summary>The lease that the cluster of a node has, and what the setting is; null: none.</summary>
    /// <exception cref="RestoreException">It does not tell, and the message says why and what to do.</exception>
    /// <exception cref="HostException">It cannot be reached.</exception>
    public static async Task<(ClusterLease? Lease, string? Setting)> FindAsync(LeaseKind kind, HostShell node, CancellationToken cancel)
    {
        var answer = await node.RunAsync(Question.Of(Look, kind.Property, kind.Setting), cancel);
        if (!answer.IsDone || answer.After("lease") is not { } text || answer.After("setting") is not { } setting || answer.After("looked") is null)
            throw new RestoreException(LeaseSilence.Of(kind, node.Host.Name, answer));
        return (text.Length == 0 ? null : Parse(kind, text), setting.Length == 0 ? null : Plain(setting));
    }

    /// <summary>Ends it before its time: nodes' timers then find nothing to do.</summary>
    /// <exception cref="RestoreException">The cluster did not take it.</exception>
    public Task EndAsync(HostShell node, CancellationToken cancel) => DoAsync(node, Question.Of(Take, Kind.Setting, After ?? Nothing, Kind.Property, Nothing), cancel);

    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Id} {Until.ToUnixTimeSeconds()} {After ?? Nothing} {By.Replace(' ', '_')} {Reason}");

    // What is there and cannot be read was written by somebody else: it is a lease all the same, and over.
    public static ClusterLease Parse(LeaseKind kind, string text) => text.Split(' ', 5) is [var id, var until, var after, var by, var reason]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() && (after == Nothing || kind.IsBefore(after))
            ? new ClusterLease(kind, Plain(id), DateTimeOffset.FromUnixTimeSeconds(seconds), Plain(by), Plain(reason)) { After = after == Nothing ? null : after }
            : new ClusterLease(kind, "", DateTimeOffset.UnixEpoch, "nobody knows whom", Plain(text)) { After = kind.Before };

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
