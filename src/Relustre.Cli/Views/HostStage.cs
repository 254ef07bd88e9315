namespace Relustre.Cli.Views;

/// <summary>Where a server's backup is.</summary>
internal enum HostStage
{
    Waiting,
    Connecting,
    Listing,
    Reading,
    Tools,
    Storing,
    Captured,
    Done,
    Unchanged,
    Failed,
}
