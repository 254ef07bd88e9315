using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>One server in an audit.</summary>
public sealed record AuditedServer(string Host)
{
    /// <summary>What it was compared with; null: nothing, since there is none or it could not be seen.</summary>
    public StoredSnapshot? Baseline { get; init; }

    /// <summary>Why it was compared with that one.</summary>
    public string? BaselineReason { get; init; }

    /// <summary>The snapshot that was looked at; null: the server itself was.</summary>
    public StoredSnapshot? Found { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What is there too, and does not count for now.</summary>
    public IReadOnlyList<WaivedFinding> Waived { get; init; } = [];

    /// <summary>How the files that findings are about differ as text, where that was asked for.</summary>
    public IReadOnlyList<ChangedText> Texts { get; init; } = [];

    /// <summary>What could not be read of it, and so was not compared.</summary>
    public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>Why it could not be audited at all, and what to do.</summary>
    public string? Failure { get; init; }
}
