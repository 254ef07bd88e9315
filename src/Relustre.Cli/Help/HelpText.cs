using System.CommandLine;
using System.Text;
using Relustre.Cli.Commands;

namespace Relustre.Cli.Help;

/// <summary>What <c>--help</c> prints: usage, what it means, options, examples, exit codes.</summary>
internal static class HelpText
{
    private const int Widest = 100;

    public static string Of(Command command, int width)
    {
        var text = new StringBuilder();
        var room = Math.Clamp(width, 60, Widest);
        text.Append($"{PathOf(command)} - {Small(command.Description)}\n\nUsage: {Usage(command)}\n");
        foreach (var paragraph in (command as Verb)?.Details ?? [])
            text.Append('\n').AppendJoin('\n', Wrap.Lines(paragraph, room)).Append('\n');
        Rows(text, room, "Commands", command.Subcommands.Where(child => !child.Hidden).Select(child => (child.Name, child.Description)));
        Rows(text, room, "Arguments", command.Arguments.Select(argument => (Tree.NameOf(argument), argument.Description)));
        Rows(text, room, "Options", Tree.OwnOptions(command).Select(option => (Tree.Label(option), option.Description)));
        Rows(text, room, "Options of every command", Tree.SharedOptions(RootOf(command)).Select(option => (Tree.Label(option), option.Description)));
        if (command is Verb verb)
        {
            text.Append("\nExamples:\n");
            foreach (var example in verb.Examples)
                text.Append($"  {example.Line}\n      {example.Meaning}\n");
            Rows(text, room, "Exit codes", verb.AllExits.Select(code => ($"{(int)code}", (string?)ExitCodes.Meaning(code))));
        }
        else if (command is RelustreCommand)
            text.Append("\nStart here:\n  relustre init && relustre host add mds1 && relustre backup\n"
                + "'relustre COMMAND --help' tells more about each; 'relustre man' has the manual.\n");
        return text.ToString();
    }

    public static string Usage(Command command)
    {
        var words = new List<string> { PathOf(command) };
        if (command.Subcommands.Count > 0)
            words.Add("COMMAND");
        words.AddRange(command.Arguments.Select(Tree.Synopsis));
        words.Add("[OPTIONS]");
        return string.Join(' ', words);
    }

    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    public static Command RootOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? RootOf(parent) : command;

    private static void Rows(StringBuilder text, int room, string title, IEnumerable<(string Name, string? Meaning)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
            return;
        text.Append($"\n{title}:\n");
        var column = Math.Min(28, list.Max(row => row.Name.Length)) + 4;
        foreach (var (name, meaning) in list)
        {
            var lines = Wrap.Lines(meaning ?? "", room - column).ToList();
            var first = name.Length + 4 <= column ? $"  {name.PadRight(column - 2)}{lines.FirstOrDefault()}" : $"  {name}";
            var rest = name.Length + 4 <= column ? lines.Skip(1) : lines;
            text.Append(first.TrimEnd()).Append('\n');
            foreach (var line in rest)
                text.Append(new string(' ', column)).Append(line).Append('\n');
        }
    }

    private static string Small(string? summary) =>
        summary is { Length: > 0 } ? char.ToLowerInvariant(summary[0]) + summary[1..] : "";
}
