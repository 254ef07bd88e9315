using System.Globalization;

namespace Relustre.Rules;

/// <summary>Servers of a pair that do not agree on the time of day.</summary>
internal sealed class ClocksApart() : PairRule("clocks-apart", "time-sync", Risk.FailoverAtRisk)
{
    private const double Noticed = 1;
    private const double Grave = 30;

    public override string Why => "failure timeouts, logs and file times that were right on one node are wrong on the other, and certificates may look expired";

    public override string Source => "appendix C restores ntp.conf for it; Pacemaker compares times of two nodes";

    public override string NextStep => "look at 'chronyc tracking' or 'ntpq -p' on both; step the clock of the node that serves nothing";

    public override IEnumerable<Finding> Check(PairView pair) =>
        from couple in pair.Couples
        let apart = Math.Abs(couple.One.ClockOffset - couple.Other.ClockOffset ?? 0)
        where apart > Noticed
        select Found(couple.One.Host, $"clocks of {couple.One.Host} and {couple.Other.Host}", "at most 1 s apart", $"{apart.ToString("0.0", CultureInfo.InvariantCulture)} s apart") with { Risk = apart > Grave ? Risk : Risk.Config };
}
