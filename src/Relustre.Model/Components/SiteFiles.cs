namespace Relustre.Components;

/// <summary>What a site adds of its own: paths, never commands.</summary>
/// <param name="except">Patterns of what even a wide path of theirs leaves out.</param>
public sealed class SiteFiles(IReadOnlyList<string> patterns, params IReadOnlyList<string> except) : Component(ComponentName, RestoreStage.Platform)
{
    public const string ComponentName = "site-files";

    public override IReadOnlyList<Source> Sources => [.. patterns.Select(pattern => File(pattern) with { Except = except })];

    public override bool TellsFacts => false;

    public override string Why => "the site's own files are compared by their bytes, since only the site knows what they mean";
}
