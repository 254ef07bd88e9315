namespace Relustre.Operations;

/// <summary>The servers of one Pacemaker cluster, by their names in the site, in the order of these.</summary>
public sealed record ServerCluster(string Name, IReadOnlyList<string> Hosts);
