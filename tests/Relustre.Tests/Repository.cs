using System.Runtime.CompilerServices;

namespace Relustre.Tests;

/// <summary>Where this checkout lies, for tests that read recordings or the sources themselves.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
