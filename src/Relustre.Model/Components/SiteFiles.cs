namespace Relustre.Components;

/// <summary>What a site adds of its own: paths, never commands.</summary>
public sealed class SiteFiles(IReadOnlyList<string> patterns) : Component("site-files", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources => [.. patterns.Select(pattern => File(pattern))];
}
