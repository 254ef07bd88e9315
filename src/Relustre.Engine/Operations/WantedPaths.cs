namespace Relustre.Operations;

/// <summary>Some paths with all that lies below them, and the folders that lead there; none named means everything.</summary>
internal sealed class WantedPaths(IReadOnlyList<string> paths)
{
    public bool Includes(string path) =>
        paths.Count == 0 || paths.Any(wanted => wanted == "/" || IsBelow(path, wanted) || IsBelow(wanted, path));

    private static bool IsBelow(string path, string folder) =>
        path == folder || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));
}
