using System.CommandLine;
using System.Text;
using Relustre.Cli.Commands;

namespace Relustre.Cli.Help;

/// <summary>A completion function for zsh.</summary>
internal static class ZshCompletion
{
    public static string Of(Command root)
    {
        var text = new StringBuilder("#compdef relustre\n# zsh completion for relustre, made by 'relustre completion zsh'\n\n");
        text.Append($"_relustre_hosts() {{\n    local -a hosts=(localhost ${{(f)\"$({ValueKind.ListHosts})\"}})\n    compadd -a hosts\n}}\n\n");
        foreach (var (path, command) in Tree.Of(root))
            text.Append(Function(path, command)).Append('\n');
        return text.Append("_relustre \"$@\"\n").ToString();
    }

    private static string Function(IReadOnlyList<string> path, Command command)
    {
        var name = FunctionName(path);
        var options = ValueKind.Options(command).SelectMany(Specs);
        var children = command.Subcommands.Where(child => !child.Hidden).ToList();
        if (children.Count == 0)
            return $"{name}() {{\n    _arguments -s \\\n        {string.Join(" \\\n        ", [.. options, .. command.Arguments.Select(Spec)])}\n}}\n";
        var rows = children.Select(child => $"        {Quoted($"{child.Name}:{child.Description}")}");
        var cases = children.Select(child => $"        {child.Name}) {FunctionName([.. path, child.Name])} ;;");
        return $$"""
            {{name}}() {
                local line state
                _arguments -C \
                    {{string.Join(" \\\n        ", options)}} \
                    '1: :->command' '*::arg:->arguments'
                if [[ $state == command ]]; then
                    local -a commands=(
            {{string.Join('\n', rows)}}
                    )
                    _describe command commands
                else
                    case $line[1] in
            {{string.Join('\n', cases)}}
                    esac
                fi
            }

            """;
    }

    private static IEnumerable<string> Specs(Option option) => option.Aliases.Append(option.Name).Select(name =>
        Quoted($"{name}{(Tree.TakesValue(option) ? $"=[{Plain(option.Description)}]:{option.HelpName}:{Action(option.HelpName)}" : $"[{Plain(option.Description)}]")}"));

    private static string Spec(Argument argument)
    {
        var words = ValueKind.Words(argument).ToList();
        var action = words.Count > 0 ? $"({string.Join(' ', words)})" : Action(Tree.NameOf(argument));
        return Quoted($"{(argument.Arity.MaximumNumberOfValues > 1 ? "*" : "")}:{Tree.NameOf(argument)}:{action}");
    }

    private static string Action(string? name) => name switch
    {
        _ when ValueKind.IsFolder(name) => "_files -/",
        _ when ValueKind.IsFile(name) => "_files",
        _ when ValueKind.IsHost(name) => "_relustre_hosts",
        _ => " ",
    };

    private static string FunctionName(IReadOnlyList<string> path) => "_" + string.Join('_', path).Replace('-', '_');

    // Brackets and colons are zsh's own punctuation there.
    private static string Plain(string? text) => (text ?? "").Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
