using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static partial class ParseComplaint
{
    public static string Of(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var path = Path(line);
        var complaint = line.UnmatchedTokens is [var first, ..]
            ? Unknown(first, command, line.RootCommandResult.Command)
            : Missing(line) ?? (line.Errors is [var error, ..] ? Plain(error.Message) : $"'{path}' alone does nothing");
        var choices = command.Subcommands.Count > 0 && line.UnmatchedTokens.Count == 0
            ? $" (one of: {string.Join(", ", command.Subcommands.Select(child => child.Name))})"
            : "";
        return $"{complaint}{choices}\nSee '{path} --help'";
    }

    /// <summary>What is wrong with a word that looks like an option and was taken for one of several values; null: there is none.</summary>
    public static string? Stray(ParseResult line) =>
        line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).FirstOrDefault(token => token.Value is ['-', '-', _, ..]) is { } stray
            ? $"{Unknown(stray.Value, line.CommandResult.Command, line.RootCommandResult.Command)}\nSee '{Path(line)} --help'"
            : null;

    private static string Unknown(string word, Command command, Command root)
    {
        if (word.StartsWith('-'))
            return $"unknown option '{word}'{Spelling.DidYouMean(word, Options(command, root))}";
        return command.Subcommands.Count > 0
            ? $"unknown command '{word}'{Spelling.DidYouMean(word, command.Subcommands.Select(child => child.Name))}"
            : $"'{word}' is one argument too many";
    }

    private static IEnumerable<string> Options(Command command, Command root) =>
        command.Options.Concat(Tree.SharedOptions(root)).SelectMany(option => option.Aliases.Append(option.Name)).Distinct();

    private static string? Missing(ParseResult line) => line.CommandResult.Command.Arguments
        .FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && (line.GetResult(argument) is null or { Tokens.Count: 0 })) is { } missing
            ? $"{Tree.NameOf(missing)} is missing: {missing.Description}"
            : null;

    // The library speaks of its types and in sentences over several lines; ours continue a line.
    private static string Plain(string message)
    {
        if (NoNumber.Match(message) is { Success: true } number)
            return $"{number.Groups[2].Value}: '{number.Groups[1].Value}' is not a number";
        var words = message.Replace("\n\t", " ", StringComparison.Ordinal).TrimEnd('.');
        return words.Length == 0 ? "the command line was not understood" : char.ToLowerInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex(@"\ACannot parse argument '(.*)' for option '(.*)' as expected type .*Int", RegexOptions.Singleline)]
    private static partial Regex NoNumber { get; }

    private static string Path(ParseResult line)
    {
        var names = new List<string>();
        for (var at = line.CommandResult; at is not null; at = at.Parent as CommandResult)
            names.Insert(0, at.Command.Name);
        return string.Join(' ', names);
    }
}
