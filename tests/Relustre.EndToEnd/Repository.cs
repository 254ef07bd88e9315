using System.Runtime.CompilerServices;

namespace Relustre.EndToEnd;

/// <summary>Where this checkout and what was built of it lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>The program as it is published: what its users have.</summary>
    public static string Relustre { get; } = Published();

    private static string Published()
    {
        var program = Path.Combine(Root, "artifacts", "publish", "relustre");
        return File.Exists(program) ? program : throw new FileNotFoundException($"{program} is what these tests run: make it by ./publish", program);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
