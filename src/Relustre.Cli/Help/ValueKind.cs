using System.CommandLine;
using System.CommandLine.Completions;
using Relustre.Cli.Commands;

namespace Relustre.Cli.Help;

/// <summary>What a shell should offer for a value, told by the name that the help gives it.</summary>
internal static class ValueKind
{
    /// <summary>Lists the site's servers and pairs; quick, since no vault is opened.</summary>
    public const string ListHosts = "relustre host list --names 2>/dev/null";

    public static bool IsFolder(string? name) => name is "DIR";

    public static bool IsFile(string? name) => name is "FILE";

    public static bool IsHost(string? name) => name is "HOST";

    /// <summary>The fixed words of an argument; empty where there are none.</summary>
    public static IEnumerable<string> Words(Argument argument) =>
        argument.CompletionSources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label);

    public static IEnumerable<string> ArgumentNames(Command command) => command.Arguments.Select(Tree.NameOf);

    /// <summary>Every option that can be typed here.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        Tree.OwnOptions(command).Concat(Tree.SharedOptions(HelpText.RootOf(command))).Distinct();
}
