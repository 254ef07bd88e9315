using System.CommandLine;

namespace Relustre.Cli.Commands;

/// <summary>The command tree as a list: for help, man pages and completions, which all tell the same.</summary>
internal static class Tree
{
    /// <summary>Every command with the words that lead to it, parents first.</summary>
    public static IEnumerable<(IReadOnlyList<string> Path, Command Command)> Of(Command root) => Below([root.Name], root);

    /// <summary>Its own options, not those that all have.</summary>
    public static IEnumerable<Option> OwnOptions(Command command) => command.Options.Where(option => !option.Recursive && !option.Hidden);

    public static IEnumerable<Option> SharedOptions(Command root) => root.Options.Where(option => option.Recursive && !option.Hidden);

    /// <summary>"HOST", "[HOST...]", "FILE": as a synopsis has it.</summary>
    public static string Synopsis(Argument argument)
    {
        var name = NameOf(argument) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    public static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    /// <summary>"-h, --help" or "--site DIR".</summary>
    public static string Label(Option option) =>
        string.Join(", ", option.Aliases.Append(option.Name)) + (TakesValue(option) ? $" {option.HelpName ?? "VALUE"}" : "");

    public static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;

    private static IEnumerable<(IReadOnlyList<string>, Command)> Below(IReadOnlyList<string> path, Command command)
    {
        yield return (path, command);
        foreach (var child in command.Subcommands.Where(child => !child.Hidden))
            foreach (var node in Below([.. path, child.Name], child))
                yield return node;
    }
}
