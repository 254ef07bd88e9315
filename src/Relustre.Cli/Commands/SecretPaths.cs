using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>
/// Tells which files of a snapshot are not to be shown without being asked for by that name. What no component knows (an imported archive
/// holds whatever somebody packed) may be anything, and counts as secret.
/// </summary>
internal static class SecretPaths
{
    public static bool Holds(Catalogue catalogue, string path) => SnapshotLayout.IsOurs(path)
        ? catalogue.Components.Any(component => component.Sources.OfType<Source.Tool>()
            .Any(tool => tool.IsSecret && SnapshotLayout.Tool(component.Name, tool.Name) == path))
        : SourcesOf(catalogue, path) is var sources && (sources.Count == 0 || sources.Any(source => source.IsSecret));

    private static List<Source.Files> SourcesOf(Catalogue catalogue, string path) =>
        [.. catalogue.Components.SelectMany(component => component.Sources.OfType<Source.Files>()).Where(source => PathPattern.Matches(source, path))];
}
