namespace Relustre.Restore;

/// <summary>How far a restore came.</summary>
public abstract record RestoreOutcome
{
    private RestoreOutcome()
    {
    }

    /// <summary>Every step is done.</summary>
    public sealed record Done : RestoreOutcome;

    /// <summary>A step failed; what came before is done, and the same command goes on from there.</summary>
    public sealed record Failed(PlannedStep Step, string Reason) : RestoreOutcome;

    /// <summary>A gate is closed; nothing of the step was done.</summary>
    public sealed record Refused(PlannedStep Step, GateAnswer Gate) : RestoreOutcome;

    /// <summary>The server did not come back in time; the same command goes on when it does.</summary>
    public sealed record Lost(PlannedStep Step, string Reason) : RestoreOutcome;
}
