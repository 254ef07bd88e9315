using System.Globalization;
using Relustre.Audit;
using Relustre.Capture;
using Relustre.Hosts;

namespace Relustre.Operations;

/// <summary>
/// Asks a server, once, what its own records tell of the times in which something changed. They are asked for and not captured:
/// they grow with every login, and an unchanged server would get a snapshot each time.
/// </summary>
public sealed class ServerRecords(Host host, CaptureLimits limits, TimeProvider clock)
{
    internal const string Greeting = "relustre records 1";

    private const int Most = 50;

    // The server's clock and ours need not agree to the second.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>The same subjects, each value with what is told of the time in which it came.</summary>
    /// <exception cref="HostException">The host cannot be reached, was lost, or answered with no sense at all.</exception>
    public async Task<IReadOnlyList<BlamedSubject>> AddAsync(IReadOnlyList<BlamedSubject> subjects, CancellationToken cancel)
    {
        var windows = subjects.SelectMany(subject => subject.Values.Zip(subject.Values.Skip(1), Window)).ToList();
        if (host.Root is not null || windows.Count == 0)
            return subjects;
        var script = ScriptFor(windows.Min(window => window.From), windows.Max(window => window.To));
        var records = ServerRecordReading.Of(await HostQuestion.AskAsync(host, new ScriptQuestion(script, Greeting), limits, clock, cancel));
        return [.. subjects.Select(subject => subject with { Values = [.. subject.Values.Take(1), .. subject.Values.Zip(subject.Values.Skip(1), With)] })];

        BlamedValue With(BlamedValue before, BlamedValue value)
        {
            var (from, to) = Window(before, value);
            return value with { Records = [.. records.Where(record => record.At >= from && record.At <= to).TakeLast(Most)] };
        }
    }

    /// <summary>The script that is run, to be read and checked.</summary>
    internal static string ScriptFor(DateTimeOffset from, DateTimeOffset to) => HostQuestion.Script("records.sh")
        .Replace("@from@", Math.Max(0, from.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@to@", Math.Max(0, to.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static (DateTimeOffset From, DateTimeOffset To) Window(BlamedValue before, BlamedValue value) => (before.SeenUntil - Slack, value.From + Slack);
}
