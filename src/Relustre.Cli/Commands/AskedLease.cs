using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>What the servers of a pair told of a lease of their cluster.</summary>
/// <param name="Answering">Those whose cluster answers.</param>
/// <param name="Lease">Null: none was found.</param>
/// <param name="Setting">What is lent, as it is set now; null: it is not set.</param>
/// <param name="Silences">Of each of the others why it does not, and what to do about it.</param>
internal sealed record AskedLease(IReadOnlyList<HostShell> Answering, ClusterLease? Lease, string? Setting, IReadOnlyList<string> Silences)
{
    /// <summary>What is told where there is no lease: somebody may have done the same without one.</summary>
    public string Unleased(LeaseKind kind) => Setting is null || kind.IsBefore(Setting) ? kind.None : kind.Unleased;
}
