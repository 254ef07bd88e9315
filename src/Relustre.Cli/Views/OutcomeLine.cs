using Relustre.Cli.Output;
using Relustre.Operations;

namespace Relustre.Cli.Views;

/// <summary>How one server's backup ended, in one line.</summary>
internal static class OutcomeLine
{
    public static string Of(HostOutcome outcome) => $"{outcome.Host}: {Words(outcome)}{Problems(outcome)}";

    public static string Words(HostOutcome outcome) => outcome switch
    {
        HostOutcome.BackedUp stored => $"new snapshot {stored.Snapshot.Short}, {Units.Count(stored.Files, "file")}, "
            + $"{stored.FilesRead} read ({Units.Size(stored.BytesRead)})",
        HostOutcome.Unchanged unchanged => $"unchanged since {Units.Time(unchanged.Since)} ({unchanged.Snapshot.Short})",
        HostOutcome.Failed failed => $"FAILED: {failed.Message}",
        _ => "",
    };

    private static string Problems(HostOutcome outcome) =>
        outcome.Problems.Count > 0 ? $"; {Units.Count(outcome.Problems.Count, "problem")}" : "";
}
