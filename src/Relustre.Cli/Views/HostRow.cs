namespace Relustre.Cli.Views;

/// <summary>One server in the live view.</summary>
internal sealed record HostRow(string Host, HostStage Stage, int Done = 0, int Total = 0)
{
    public bool HasEnded => Stage is HostStage.Done or HostStage.Unchanged or HostStage.Failed;

    public bool IsAtWork => !HasEnded && Stage is not (HostStage.Waiting or HostStage.Captured);

    public string Words => Stage switch
    {
        HostStage.Connecting => "connecting",
        HostStage.Listing => "listing files",
        HostStage.Reading => $"reading {Done} of {Total}",
        HostStage.Tools => "asking its tools",
        HostStage.Storing => "storing",
        HostStage.Captured => "read; waits for the others to be stored with it",
        HostStage.Done => "new snapshot",
        HostStage.Unchanged => "unchanged",
        HostStage.Failed => "FAILED",
        _ => "waiting",
    };
}
