using System.Text.RegularExpressions;

namespace Relustre.Tests.Architecture;

/// <summary>Between projects the compiler keeps the direction; between the engine's rooms this does.</summary>
public partial class RoomTests
{
    // From the ground up: a room uses only those before it.
    private static readonly string[] Rooms = ["Hosts", "Capture", "Sites", "Snapshots", "Archives", "Audit", "Restore", "Operations"];

    public static TheoryData<string> EngineFiles =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src", "Relustre.Engine"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory, MemberData(nameof(EngineFiles))]
    public void Rooms_only_look_down(string file)
    {
        var room = Array.IndexOf(Rooms, file.Split('/')[2]);

        var above = RoomNames().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
            .Select(match => Array.IndexOf(Rooms, match.Groups[1].Value))
            .Where(used => used > room);

        Assert.True(room >= 0, $"{file} stands in no room: {string.Join(", ", Rooms)}");
        Assert.True(!above.Any(), $"{file} looks up to {string.Join(", ", above.Select(used => Rooms[used]))}");
    }

    [Theory]
    [InlineData("Relustre.Model")]
    [InlineData("Relustre.Vault")]
    public void The_model_and_the_vault_depend_on_no_project_of_ours(string project)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));

        Assert.DoesNotContain("ProjectReference", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:using Relustre\.|\bRelustre\.|(?<![\w.])(?=(?:Sites|Hosts|Capture|Snapshots|Archives|Audit|Restore|Operations)\.))(\w+)")]
    private static partial Regex RoomNames();
}
