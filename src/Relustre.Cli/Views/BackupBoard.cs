using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Cli.Views;

/// <summary>Keeps the books of a running backup for whoever shows it; events come from many servers at once.</summary>
internal sealed class BackupBoard(IEnumerable<string> hosts, TimeProvider clock)
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, HostRow> rows = hosts.ToDictionary(host => host, host => new HostRow(host, HostStage.Waiting));
    private readonly long started = clock.GetTimestamp();

    public void Note(BackupEvent happened)
    {
        lock (turn)
            rows[happened.Host] = RowOf(happened);
    }

    public IReadOnlyList<HostRow> Rows
    {
        get
        {
            lock (turn)
                return [.. rows.Values];
        }
    }

    public TimeSpan Elapsed => clock.GetElapsedTime(started);

    /// <summary>Read or failed: what is left for a server then takes no time of its own.</summary>
    public int Finished => Rows.Count(row => row.HasEnded || row.Stage == HostStage.Captured);

    /// <summary>The time that the rest will take if it goes on like this; null: nothing is known yet.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            var all = Rows;
            var finished = Finished;
            return finished == 0 ? null : Elapsed / finished * (all.Count - finished);
        }
    }

    private static HostRow RowOf(BackupEvent happened) => happened switch
    {
        BackupEvent.Ended { Outcome: HostOutcome.BackedUp } => new(happened.Host, HostStage.Done),
        BackupEvent.Ended { Outcome: HostOutcome.Unchanged } => new(happened.Host, HostStage.Unchanged),
        BackupEvent.Ended => new(happened.Host, HostStage.Failed),
        BackupEvent.Captured => new(happened.Host, HostStage.Captured),
        BackupEvent.Moved moved => moved.Progress switch
        {
            CaptureProgress.Connecting => new(happened.Host, HostStage.Connecting),
            CaptureProgress.Listing => new(happened.Host, HostStage.Listing),
            CaptureProgress.Reading reading => new(happened.Host, HostStage.Reading, reading.Done, reading.Total),
            CaptureProgress.Tools => new(happened.Host, HostStage.Tools),
            _ => new(happened.Host, HostStage.Storing),
        },
        _ => new(happened.Host, HostStage.Waiting),
    };
}
