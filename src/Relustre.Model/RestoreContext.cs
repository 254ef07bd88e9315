namespace Relustre;

/// <summary>What the restore of one component may know besides its own states.</summary>
public sealed record RestoreContext
{
    /// <summary>The server as it is now.</summary>
    public required Platform Platform { get; init; }

    /// <summary>What the server was, typed, by component.</summary>
    public required IReadOnlyDictionary<string, ComponentFacts> Wanted { get; init; }

    /// <summary>What it is now.</summary>
    public required IReadOnlyDictionary<string, ComponentFacts> Found { get; init; }

    /// <summary>The same component on a living partner; null: none is seen. What belongs to both nodes is newer there than in a backup.</summary>
    public ComponentState? Partner { get; init; }

    /// <summary>A wanted MAC address (lower case) and the one of the card that takes its place.</summary>
    public IReadOnlyDictionary<string, string> Macs { get; init; } = new Dictionary<string, string>();

    /// <summary>Why we think that these cards take the others' places; null: nobody compared them.</summary>
    public NicMapping? Cards { get; init; }

    public T? WantedOf<T>() where T : ComponentFacts => Wanted.Values.OfType<T>().FirstOrDefault();

    public T? FoundOf<T>() where T : ComponentFacts => Found.Values.OfType<T>().FirstOrDefault();
}
