using System.CommandLine;
using System.Text;
using Relustre.Cli.Commands;

namespace Relustre.Cli.Help;

/// <summary>Completions for fish: one line for each word.</summary>
internal static class FishCompletion
{
    public static string Of(Command root)
    {
        var text = new StringBuilder("# fish completion for relustre, made by 'relustre completion fish'\ncomplete -c relustre -f\n");
        foreach (var (path, command) in Tree.Of(root))
        {
            var here = Condition(path, command);
            foreach (var child in command.Subcommands.Where(child => !child.Hidden))
                text.Append($"complete -c relustre -n {here} -a {child.Name} -d {Quoted(child.Description)}\n");
            foreach (var word in command.Arguments.SelectMany(ValueKind.Words))
                text.Append($"complete -c relustre -n {here} -a {word}\n");
            foreach (var action in ValueKind.ArgumentNames(command).Select(Action).Where(action => action.Length > 0))
                text.Append($"complete -c relustre -n {here}{action}\n");
            foreach (var option in path.Count == 1 ? command.Options.Where(option => !option.Hidden) : Tree.OwnOptions(command))
                text.Append(Line(option, path.Count == 1 && option.Recursive ? "" : $" -n {here}"));
        }
        return text.ToString();
    }

    private static string Line(Option option, string condition)
    {
        var shorts = option.Aliases.Where(alias => alias.Length == 2).Select(alias => $" -s {alias[1..]}");
        var value = Tree.TakesValue(option) ? " -r" + Action(option.HelpName) : "";
        return $"complete -c relustre{condition}{string.Concat(shorts)} -l {option.Name.TrimStart('-')}{value} -d {Quoted(option.Description)}\n";
    }

    private static string Condition(IReadOnlyList<string> path, Command command)
    {
        var children = string.Join(' ', command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name));
        var seen = path.Skip(1).Select(word => $"__fish_seen_subcommand_from {word}").ToList();
        if (path.Count == 1)
            seen.Add("__fish_use_subcommand");
        else if (children.Length > 0)
            seen.Add($"not __fish_seen_subcommand_from {children}");
        return Quoted(string.Join("; and ", seen));
    }

    private static string Action(string? name) => name switch
    {
        _ when ValueKind.IsFolder(name) => " -a '(__fish_complete_directories)'",
        _ when ValueKind.IsFile(name) => " -F",
        _ when ValueKind.IsHost(name) => $" -a '(echo localhost; {ValueKind.ListHosts})'",
        _ => "",
    };

    private static string Quoted(string? text) => $"'{(text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
