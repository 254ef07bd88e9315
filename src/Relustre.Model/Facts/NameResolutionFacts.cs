namespace Relustre.Facts;

/// <summary>How this server finds the others by name.</summary>
public sealed record NameResolutionFacts : ComponentFacts
{
    public required IReadOnlyList<string> Servers { get; init; }

    public required IReadOnlyList<string> SearchDomains { get; init; }

    /// <summary>What nsswitch.conf asks for host names, in its order.</summary>
    public required IReadOnlyList<string> HostsOrder { get; init; }

    public required IReadOnlyList<Entry> Hosts { get; init; }

    public sealed record Entry(string Address, IReadOnlyList<string> Names);
}
