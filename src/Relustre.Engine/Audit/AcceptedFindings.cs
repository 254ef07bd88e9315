namespace Relustre.Audit;

/// <summary>
/// Findings that became the wanted state, laid over a baseline that still says what was wanted before. Of one setting several
/// may follow each other: a to b, then b to c.
/// </summary>
public sealed class AcceptedFindings
{
    private readonly List<(Finding First, Finding Last)> chains = [];
    private readonly HashSet<string> moves = [];

    /// <param name="accepted">Oldest first.</param>
    public AcceptedFindings(IReadOnlyList<Finding> accepted)
    {
        moves.UnionWith(accepted.Where(finding => finding.IsMoved).Select(finding => finding.Id));
        foreach (var finding in accepted.Where(finding => !finding.IsMoved))
        {
            var before = chains.FindIndex(chain => IsSameSetting(chain.Last, finding) && chain.Last.Found == finding.Wanted);
            if (before < 0)
                chains.Add((finding, finding));
            else
                chains[before] = (chains[before].First, finding);
        }
    }

    public bool IsEmpty => chains.Count == 0 && moves.Count == 0;

    /// <summary>What is still not as wanted, given what differs from the baseline.</summary>
    public IReadOnlyList<Finding> Apply(IReadOnlyList<Finding> findings)
    {
        var left = findings.Where(finding => !moves.Contains(finding.Id)).ToList();
        // What is exactly as accepted goes first, so that of a setting with several values none takes another's place.
        var open = chains.Where(chain => !Take(left, chain, finding => finding.Found == chain.Last.Found)).ToList();
        foreach (var chain in open)
        {
            if (left.FindIndex(finding => IsOf(chain, finding)) is >= 0 and var at)
                left[at] = left[at] with { Wanted = chain.Last.Found };
            else if (chain.First.Wanted != chain.Last.Found)
                left.Add(chain.Last with { Wanted = chain.Last.Found, Found = chain.First.Wanted });
        }
        return left;
    }

    private static bool Take(List<Finding> from, (Finding First, Finding Last) chain, Func<Finding, bool> isIt)
    {
        var at = from.FindIndex(finding => IsOf(chain, finding) && isIt(finding));
        if (at >= 0)
            from.RemoveAt(at);
        return at >= 0;
    }

    private static bool IsOf((Finding First, Finding Last) chain, Finding finding) =>
        !finding.IsMoved && IsSameSetting(chain.First, finding) && chain.First.Wanted == finding.Wanted;

    private static bool IsSameSetting(Finding one, Finding other) =>
        one.Component == other.Component && one.Rule == other.Rule && one.Setting == other.Setting;
}
