namespace Relustre.Facts;

/// <summary>A member of the cluster; IML keeps how it is fenced in its attributes (<c>0_fence_agent</c> …).</summary>
public sealed record ClusterNode
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>By name; a secret one is there with <see cref="PacemakerFacts.Hidden"/> as its value.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
