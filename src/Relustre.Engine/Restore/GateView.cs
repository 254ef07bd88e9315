namespace Relustre.Restore;

/// <summary>What gates may look at.</summary>
public sealed record GateView
{
    public required RestorePlan Plan { get; init; }

    /// <summary>The server that is restored.</summary>
    public required HostShell Host { get; init; }

    /// <summary>The others of its pair; empty: it stands alone, or the site does not say.</summary>
    public IReadOnlyList<HostShell> Partners { get; init; } = [];

    /// <summary>What the server was, typed, by component.</summary>
    public required IReadOnlyDictionary<string, ComponentFacts> Wanted { get; init; }
}
