using System.CommandLine;

namespace Relustre.Cli.Commands;

/// <summary>Which snapshot a command is about; the same words everywhere.</summary>
internal static class SnapshotArgument
{
    public static Argument<string> Create() => new("SNAPSHOT")
    {
        Description = "The beginning of an id, a server's name (its newest), HOST@DATE, or latest",
    };
}
