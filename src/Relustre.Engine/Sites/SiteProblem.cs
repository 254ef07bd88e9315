namespace Relustre.Sites;

/// <summary>One thing that is wrong in a site.yaml, and where.</summary>
/// <param name="Line">Counted from 1, as editors do.</param>
/// <param name="Column">Counted from 1.</param>
public readonly record struct SiteProblem(int Line, int Column, string Message);
