namespace Relustre.Facts;

/// <summary>A network that is reached through another server.</summary>
public sealed record LnetRoute(string Network, string Gateway);
