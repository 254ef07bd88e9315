using Relustre.Cli.Commands;
using Relustre.Restore;

namespace Relustre.Cli.Output;

/// <summary>Whether something of a cluster is lent: its fencing, or all of it for maintenance.</summary>
/// <param name="IsKnown">A server of it has told.</param>
internal sealed record LeaseReply(string Cluster, IReadOnlyList<string> Servers, bool IsKnown, bool IsLent)
{
    public DateTimeOffset? Until { get; init; }

    public string? By { get; init; }

    public string? Reason { get; init; }

    /// <summary>Its time is over, and no node has ended it; null: there is no lease.</summary>
    public bool? IsOver { get; init; }

    /// <summary>Of each server that does not tell why, and what to do about it.</summary>
    public IReadOnlyList<string> Silences { get; init; } = [];

    public static LeaseReply Of(string cluster, IReadOnlyList<string> servers, AskedLease told, DateTimeOffset now) =>
        Of(cluster, servers, told.Lease, now) with { IsKnown = told.Answering.Count > 0, Silences = told.Silences };

    public static LeaseReply Of(string cluster, IReadOnlyList<string> servers, ClusterLease? lease, DateTimeOffset now) => new(cluster, servers, IsKnown: true, lease is not null)
    {
        Until = lease?.Until,
        By = lease?.By,
        Reason = lease?.Reason,
        IsOver = lease?.IsOver(now),
    };
}
