namespace Relustre.Components;

/// <summary>What a site adds of its own: paths, never commands.</summary>
/// <param name="except">Patterns of what even a wide path of theirs leaves out.</param>
public sealed class SiteFiles(IReadOnlyList<string> patterns, params IReadOnlyList<string> except) : Component("site-files", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources => [.. patterns.Select(pattern => File(pattern) with { Except = except })];
}
