namespace Relustre.Restore;

/// <summary>What must hold before a step that could hurt. It only looks, and it looks at the live cluster.</summary>
public abstract class Gate(string name, string statement)
{
    /// <summary>Typed by hand to open it nevertheless; never renamed.</summary>
    public string Name { get; } = name;

    /// <summary>What must hold, as a sentence without a full stop.</summary>
    public string Statement { get; } = statement;

    public abstract Task<GateAnswer> AskAsync(GateView view, CancellationToken cancel);

    protected GateAnswer Open(string seen) => new(Name, IsOpen: true, seen);

    protected GateAnswer Closed(string reason, string? look = null) => new(Name, IsOpen: false, reason) { Look = look };
}
