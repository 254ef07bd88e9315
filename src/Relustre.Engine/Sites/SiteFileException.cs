namespace Relustre.Sites;

/// <summary>A site.yaml that cannot be used, with everything that is wrong in it at once.</summary>
public sealed class SiteFileException(string file, IReadOnlyList<SiteProblem> problems) : SiteException(Describe(file, problems))
{
    private const int Shown = 50;

    public IReadOnlyList<SiteProblem> Problems { get; } = problems;

    private static string Describe(string file, IReadOnlyList<SiteProblem> problems) => string.Join('\n',
    [
        .. problems.Take(Shown).Select(problem => $"{file}:{problem.Line}:{problem.Column}: {problem.Message}"),
        .. problems.Count > Shown ? [$"... and {problems.Count - Shown} more"] : Array.Empty<string>(),
        $"Correct {file} and run the command again; docs/site.md explains every key",
    ]);
}
