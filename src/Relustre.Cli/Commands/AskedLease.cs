using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>What the servers of a pair told of the lease on their cluster's fencing.</summary>
/// <param name="Answering">Those whose cluster answers.</param>
/// <param name="Lease">Null: none was found.</param>
/// <param name="Silences">Of each of the others why it does not, and what to do about it.</param>
internal sealed record AskedLease(IReadOnlyList<HostShell> Answering, FencingLease? Lease, IReadOnlyList<string> Silences);
