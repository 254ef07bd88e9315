namespace Relustre.Restore;

/// <summary>Something to show while a restore runs.</summary>
public abstract record RestoreEvent
{
    private RestoreEvent()
    {
    }

    public sealed record StepStarted(PlannedStep Step) : RestoreEvent;

    public sealed record StepFinished(PlannedStep Step, TimeSpan Elapsed) : RestoreEvent;

    /// <summary>A gate was asked and is open.</summary>
    public sealed record GateOpen(PlannedStep Step, GateAnswer Answer) : RestoreEvent;

    /// <summary>The server does not answer: it is waited for, and then the step is made again.</summary>
    public sealed record Waiting(PlannedStep Step, string Reason) : RestoreEvent;

    /// <summary>All steps are done, and the server is compared with its snapshot.</summary>
    public sealed record Auditing : RestoreEvent;
}
