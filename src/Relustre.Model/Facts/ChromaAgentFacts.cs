namespace Relustre.Facts;

/// <summary>What IML's agent on a server knows: its manager, its profile, its targets and who it is.</summary>
public sealed record ChromaAgentFacts : ComponentFacts
{
    public required ImlEra Era { get; init; }

    public string? ManagerUrl { get; init; }

    public string? Profile { get; init; }

    public IReadOnlyList<string> Repositories { get; init; } = [];

    public IReadOnlyList<string> Packages { get; init; } = [];

    public IReadOnlyList<AgentTarget> Targets { get; init; } = [];

    public IReadOnlyList<AgentLabel> Labels { get; init; } = [];

    public IReadOnlyList<CertificateFacts> Certificates { get; init; } = [];

    /// <summary>Whether private.pem is there. Without it the manager can only forget this server, and its targets with it.</summary>
    public required bool HasPrivateKey { get; init; }

    /// <summary>Whether private.pem is the key of self.crt; null: one of them is not there or cannot be read.</summary>
    public bool? KeyFitsCertificate { get; init; }

    /// <summary>Files of the agent's store that could not be read.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];
}
