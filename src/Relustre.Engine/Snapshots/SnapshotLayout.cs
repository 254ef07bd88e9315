namespace Relustre.Snapshots;

/// <summary>Where things lie in a snapshot's tree: every file of the server at its own path, and what we add in one folder.</summary>
public static class SnapshotLayout
{
    public const string Folder = "/.relustre";
    public const string Manifest = Folder + "/manifest.json";

    public static string Facts(string component) => $"{Folder}/facts/{component}.json";

    public static string Tool(string component, string tool) => $"{Folder}/tools/{component}/{tool}";

    /// <summary>Whether a path is ours; a server's own files of that name are not captured.</summary>
    public static bool IsOurs(string path) =>
        path == Folder || path.StartsWith(Folder + "/", StringComparison.Ordinal);
}
