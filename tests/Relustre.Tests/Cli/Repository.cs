namespace Relustre.Tests.Cli;

/// <summary>The checkout that these tests were built in, for tests of its documents and scripts.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Relustre.slnx")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
