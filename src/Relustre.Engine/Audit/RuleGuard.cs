using Relustre.Snapshots;

namespace Relustre.Audit;

/// <summary>Runs rules so that one that stumbles over a server's text spoils nothing but its own answer.</summary>
internal sealed class RuleGuard
{
    private readonly List<(string Host, ManifestProblem Problem)> problems = [];

    public IReadOnlyList<(string Host, ManifestProblem Problem)> Problems => problems;

    public IReadOnlyList<Finding> Checked(string host, string rule, Func<IEnumerable<Finding>> check)
    {
        try
        {
            return [.. check()];
        }
#pragma warning disable CA1031 // Whatever a server's text does to one rule, all others must still be checked.
        catch (Exception bug) when (bug is not OperationCanceledException)
#pragma warning restore CA1031
        {
            problems.Add((host, new ManifestProblem(rule, $"this rule could not be checked ({bug.GetType().Name}). This is a bug: please report it")));
            return [];
        }
    }
}
