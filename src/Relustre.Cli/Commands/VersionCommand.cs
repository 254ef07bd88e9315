using System.Reflection;
using System.Runtime.InteropServices;
using Relustre.Cli.Output;

namespace Relustre.Cli.Commands;

/// <summary>Says which Relustre this is.</summary>
internal sealed class VersionCommand() : Verb("version", "Print the version")
{
    public static string Number { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion; // Every build sets it.

    public static string Text => $"relustre {Number} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}; vaults: restic format 2)";

    public override IReadOnlyList<string> Details => ["Prints the version of Relustre, of the runtime inside it, and of the vault's format."];

    public override IReadOnlyList<Example> Examples => [new("relustre version", "for a bug report"), new("relustre version --json", "for a program")];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        if (run.Screen.IsJson)
            run.Screen.Json(
                new VersionReply(Number, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier, "restic 2"),
                Replies.Json.VersionReply);
        else
            run.Screen.Line(Text);
        return Task.FromResult(ExitCode.Done);
    }
}
