using System.Globalization;

namespace Relustre.Restore.Gates;

/// <summary>
/// The clocks of the server, of its partners and of this machine agree. A cluster decides by its own elapsed time and does not die of a
/// few seconds; but its failure times, the certificates of agents and repositories, and what backups call newer, are read off two clocks.
/// </summary>
public sealed class ClocksAgree() : Gate(GateName, "the clocks of this server, its partner and this machine are at most 2 s apart")
{
    public const string GateName = "clocks-agree";

    // NTP keeps servers within milliseconds: two seconds mean that it does not run, and are still too few to spoil anything.
    private const double Limit = 2;
    private const int Attempts = 3;

    private static readonly RemoteCommand Time = Question.Of("date -u +%s.%N");

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var clocks = new List<(string Name, double Least, double Most)> { ("this machine", 0, 0) };
        foreach (var shell in view.Partners.Prepend(view.Host))
        {
            if (await OffsetAsync(shell, view.Clock, cancel) is not var (least, most))
                return Closed($"{shell.Host.Name} does not tell the time, or answers too slowly to compare it", $"ssh {shell.Host.Name} date -u");
            clocks.Add((shell.Host.Name, least, most));
        }
        foreach (var one in clocks)
            foreach (var other in clocks)
                // As far as they are apart for certain, whatever part of the time the answer was on its way.
                if (one.Least - other.Most is > Limit and var apart)
                    return Closed(string.Create(CultureInfo.InvariantCulture, $"the clock of {one.Name} is {apart:0.0} s before that of {other.Name}: "
                        + $"step the one that is wrong while it serves nothing ('chronyc makestep', or 'ntpd -gq')"), $"date -u; ssh {view.Name} 'date -u; chronyc tracking || ntpq -pn'");
        return Open("the clocks agree");
    }

    /// <summary>Between which seconds a server's clock is ahead of ours; null: it does not say.</summary>
    private static async Task<(double Least, double Most)?> OffsetAsync(HostShell shell, TimeProvider clock, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = Seconds(clock);
            var answer = await shell.RunAsync(Time, cancel);
            var after = Seconds(clock);
            if (!answer.IsDone || !double.TryParse(answer.Output.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var theirs))
                return null;
            if (after - before <= Limit)
                return (theirs - after, theirs - before);
        }
        return null;
    }

    private static double Seconds(TimeProvider clock) => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
