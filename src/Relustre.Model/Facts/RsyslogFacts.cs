namespace Relustre.Facts;

/// <summary>Where logs go.</summary>
public sealed record RsyslogFacts : ComponentFacts
{
    public required IReadOnlyList<Forward> Forwards { get; init; }

    /// <summary>IML's block "added by chroma-agent" is there.</summary>
    public bool HasAgentBlock { get; init; }

    /// <param name="Selector">Which messages; empty: all that reach the action.</param>
    /// <param name="Protocol">tcp or udp.</param>
    public sealed record Forward(string Selector, string Target, string Protocol);
}
