using System.CommandLine;
using Relustre.Cli.Commands;

namespace Relustre.Cli.Help;

/// <summary>A completion function for bash: fixed words, so that a TAB starts no program but where servers are asked for.</summary>
internal static class BashCompletion
{
    public static string Of(Command root)
    {
        var nodes = Tree.Of(root).ToList();
        var options = nodes.SelectMany(node => ValueKind.Options(node.Command)).Where(Tree.TakesValue).DistinctBy(option => option.Name).ToList();
        return $$"""
            # bash completion for relustre, made by 'relustre completion bash'
            _relustre() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path='' words='' kind='' i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "$path ${COMP_WORDS[i]}" in
                        {{Alternatives(nodes.Skip(1).Select(node => Quoted(node.Path.Skip(1))))}}) path="$path ${COMP_WORDS[i]}" ;;
                    esac
                done
                case "$prev" in
                    {{Alternatives(options.Where(option => ValueKind.IsFolder(option.HelpName)).Select(option => option.Name))}}) kind='folder' ;;
                    {{Alternatives(options.Where(option => ValueKind.IsFile(option.HelpName)).Select(option => option.Name))}}) kind='file' ;;
                    {{Alternatives(options.Where(IsPlain).Select(option => option.Name))}}) return ;;
                    *)
                        case "$path" in
            {{string.Join('\n', nodes.Select(Case))}}
                        esac
                        ;;
                esac
                case "$cur" in
                    -*) kind='' ;;
                esac
                case "$kind" in
                    folder) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
                    file) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
                    host) mapfile -t COMPREPLY < <(compgen -W "$({{ValueKind.ListHosts}}) localhost $words" -- "$cur") ;;
                    *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
                esac
            }
            complete -o filenames -F _relustre relustre

            """;
    }

    private static bool IsPlain(Option option) => !ValueKind.IsFolder(option.HelpName) && !ValueKind.IsFile(option.HelpName);

    private static string Case((IReadOnlyList<string> Path, Command Command) node)
    {
        var words = node.Command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)
            .Concat(node.Command.Arguments.SelectMany(ValueKind.Words))
            .Concat(ValueKind.Options(node.Command).Select(option => option.Name));
        return $"                {Quoted(node.Path.Skip(1))}) words='{string.Join(' ', words)}'{Kind(node.Command)} ;;";
    }

    private static string Kind(Command command) => ValueKind.ArgumentNames(command).FirstOrDefault() switch
    {
        "HOST" => " kind='host'",
        "FILE" => " kind='file'",
        "DIR" => " kind='folder'",
        _ => "",
    };

    private static string Quoted(IEnumerable<string> path) => $"\"{string.Concat(path.Select(word => " " + word))}\"";

    private static string Alternatives(IEnumerable<string> words) => string.Join(" | ", words);
}
