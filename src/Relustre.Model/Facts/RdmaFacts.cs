namespace Relustre.Facts;

/// <summary>Which RDMA ports a server has, by the GUIDs that stay with the hardware.</summary>
public sealed record RdmaFacts(IReadOnlyList<RdmaPort> Ports) : ComponentFacts;
