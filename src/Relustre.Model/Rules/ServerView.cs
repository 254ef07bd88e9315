namespace Relustre.Rules;

/// <summary>What a rule may know of one server.</summary>
/// <param name="Host">The site's name for it.</param>
/// <param name="At">The moment of the audit.</param>
public sealed record ServerView(string Host, DateTimeOffset At)
{
    /// <summary>By the components' names; only of those that the rules ask for.</summary>
    public IReadOnlyDictionary<string, ComponentFacts> Facts { get; init; } = new Dictionary<string, ComponentFacts>();

    /// <summary>By the components' names; only for rules about pairs, and only of those that they ask for.</summary>
    public IReadOnlyDictionary<string, ComponentState> States { get; init; } = new Dictionary<string, ComponentState>();

    /// <summary>When the snapshot was taken that is looked at; null: the server itself is.</summary>
    public DateTimeOffset? CapturedAt { get; init; }

    /// <summary>Seconds by which its clock is ahead of the management host's; null: nobody has asked it now.</summary>
    public double? ClockOffset { get; init; }

    /// <summary>The other servers of its pair, as far as the site knows.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>The same server in its newest backup; null: there is none.</summary>
    public ServerView? Backup { get; init; }

    public T? Fact<T>() where T : ComponentFacts => Facts.Values.OfType<T>().FirstOrDefault();

    /// <summary>What a capture has of a component; empty where nobody has asked for it.</summary>
    public ComponentState State(string component) => States.GetValueOrDefault(component) ?? ComponentState.Empty;
}
