using Relustre.Audit;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Finds findings of the last audits by the ids that were shown.</summary>
internal static class FindingLookup
{
    private const int ShortestId = 6;

    /// <summary>Each once, with the server's baseline; the beginning of an id will do.</summary>
    public static IReadOnlyList<(Finding Finding, string? Baseline)> Find(Site site, IReadOnlyList<string> ids)
    {
        var servers = new RememberedFindings(site.MemoryFolder).Recall();
        return [.. ids.Select(id => Find(servers, id.ToLowerInvariant())).DistinctBy(found => found.Finding.Id)];
    }

    private static (Finding Finding, string? Baseline) Find(IReadOnlyList<RememberedServer> servers, string id)
    {
        var found = from server in servers
                    from finding in server.Findings
                    where id.Length >= ShortestId && finding.Id.StartsWith(id, StringComparison.Ordinal)
                    select (finding, server.Baseline);
        return found.DistinctBy(one => one.finding.Id).Take(2).ToList() switch
        {
            [var only] => only,
            [] => throw new CommandFailedException(
                $"no audit from here has found '{id}': run 'relustre audit HOST' and take the 12 digits at the beginning of a finding", ExitCode.Usage),
            _ => throw new CommandFailedException($"more than one finding begins with {id}: give more of its id", ExitCode.Usage),
        };
    }
}
