namespace Relustre.Tests.Cli;

/// <summary>The system's clock, some days ahead: what waits a moment, such as for a lock, still waits that moment and no longer.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
