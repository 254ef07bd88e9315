using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells which files of a snapshot are not to be shown without being asked for by that name.</summary>
internal static class SecretPaths
{
    public static bool Holds(Catalogue catalogue, string path) => SnapshotLayout.IsOurs(path)
        ? catalogue.Components.Any(component => component.Sources.OfType<Source.Tool>()
            .Any(tool => tool.IsSecret && SnapshotLayout.Tool(component.Name, tool.Name) == path))
        : catalogue.Components.Any(component => component.Sources.OfType<Source.Files>()
            .Any(source => source.IsSecret && PathPattern.Matches(source, path)));
}
