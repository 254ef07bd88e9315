using System.Runtime.CompilerServices;

namespace Relustre.EndToEnd;

/// <summary>Where this checkout and what was built of it lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static string Relustre => Path.Combine(Root, "artifacts", "bin", "Relustre.Cli", "release", "relustre");

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
