namespace Relustre.Rules;

/// <summary>
/// Something that must hold on every Lustre server or pair, learnt from outages: it has a name, finds what breaks it, and says what to
/// do. It only reads, and it never tells a secret.
/// </summary>
/// <param name="name">Kebab-case; a part of every finding's id, so never renamed.</param>
/// <param name="component">The component that its findings are about.</param>
public abstract class Rule(string name, string component, Risk risk)
{
    // What a server says may be of any length.
    private const int Longest = 500;

    public string Name { get; } = name;

    public string Component { get; } = component;

    /// <summary>What is at risk where it is broken; a finding may be milder or worse.</summary>
    public Risk Risk { get; } = risk;

    /// <summary>Why it matters: one sentence without a full stop.</summary>
    public abstract string Why { get; }

    /// <summary>Who says so: the appendix, IML, Pacemaker, an issue.</summary>
    public abstract string Source { get; }

    /// <summary>What an administrator does about it: one sentence without a full stop.</summary>
    public abstract string NextStep { get; }

    /// <summary>The components whose facts it looks at.</summary>
    public virtual IReadOnlyList<string> Facts => [Component];

    /// <summary>Settings (patterns as in <see cref="KeyRule"/>) that it knows better than a comparison setting by setting.</summary>
    public virtual IReadOnlyList<string> Covers => [];

    private static string? Short(string? value) => value is { Length: > Longest } ? $"{value[..Longest]}…" : value;

    protected Finding Found(string host, string setting, string? wanted, string? found) => new(host, Component, Name, setting)
    {
        Wanted = Short(wanted),
        Found = Short(found),
        Risk = Risk,
        Why = $"{Why} ({Source})",
        NextStep = NextStep,
    };
}
