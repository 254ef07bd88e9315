namespace Relustre.Restore;

/// <summary>What the administrator wants of a restore besides the server and the snapshot.</summary>
public sealed record RestoreWish
{
    /// <summary>Names of components; none: all, and the server back in its cluster.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Names of components that stay as they are; the server comes back without them.</summary>
    public IReadOnlyList<string> Except { get; init => field = value ?? []; } = []; // A plan of before it could be said has none.

    /// <summary>Targets stay where they are served now; otherwise they go home.</summary>
    public bool LeavesTargets { get; init; }

    /// <summary>It does not join its cluster yet, since its whole pair comes back: the cluster is formed when all of them are verified.</summary>
    public bool StaysOut { get; init; }

    /// <summary>It brings back what was there before another restore.</summary>
    public bool Undoes { get; init; }

    /// <summary>Cards that the server had and those that take their places, where somebody said so: names or MAC addresses.</summary>
    public IReadOnlyDictionary<string, string> Macs { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a component is to come back.</summary>
    public bool Wants(string component) => (Only.Count == 0 || Only.Contains(component)) && !Except.Contains(component);
}
