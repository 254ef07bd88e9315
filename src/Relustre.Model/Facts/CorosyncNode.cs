namespace Relustre.Facts;

/// <summary>A member that Corosync knows by name or address.</summary>
public sealed record CorosyncNode
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>By ring; an address of an older IML is a name that /etc/hosts must have.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
}
