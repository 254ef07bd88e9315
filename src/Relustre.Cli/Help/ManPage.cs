using System.CommandLine;
using System.Text;
using Relustre.Cli.Commands;

namespace Relustre.Cli.Help;

/// <summary>The manual in roff, from the same tree as <c>--help</c>.</summary>
internal static class ManPage
{
    /// <summary>File names and contents: <c>relustre.1</c> and one page per command.</summary>
    public static IEnumerable<(string Name, string Text)> All(Command root) =>
        Tree.Of(root).Select(node => ($"{string.Join('-', node.Path)}.1", Of(node.Command)));

    public static string Of(Command command)
    {
        var name = HelpText.PathOf(command).Replace(' ', '-');
        var page = new StringBuilder();
        page.Append($".TH {name.ToUpperInvariant()} 1 \"\" \"Relustre {VersionCommand.Number}\" \"Relustre Manual\"\n");
        Section(page, "NAME", $"{Roff(name)} \\- {Roff(command.Description ?? "")}");
        Section(page, "SYNOPSIS", $"\\fB{Roff(HelpText.PathOf(command))}\\fR{Roff(HelpText.Usage(command)[HelpText.PathOf(command).Length..])}");
        if (command is Verb { Details: var details })
            Section(page, "DESCRIPTION", string.Join("\n.PP\n", details.Select(Roff)));
        else
            Section(page, "DESCRIPTION", Roff(command.Description + "."));
        List(page, "COMMANDS", command.Subcommands.Where(child => !child.Hidden).Select(child => (child.Name, child.Description)));
        List(page, "ARGUMENTS", command.Arguments.Select(argument => (Tree.NameOf(argument), argument.Description)));
        List(page, "OPTIONS", Tree.OwnOptions(command).Select(option => (Tree.Label(option), option.Description)));
        List(page, "OPTIONS OF EVERY COMMAND", Tree.SharedOptions(HelpText.RootOf(command)).Select(option => (Tree.Label(option), option.Description)));
        if (command is Verb verb)
            List(page, "EXAMPLES", verb.Examples.Select(example => (example.Line, (string?)example.Meaning)));
        else if (command is RelustreCommand)
            Whole(page);
        List(page, "EXIT STATUS", Exits(command).Select(code => ($"{(int)code}", (string?)ExitCodes.Meaning(code))));
        SeeAlso(page, command);
        return page.ToString();
    }

    private static IEnumerable<ExitCode> Exits(Command command) => command switch
    {
        Verb verb => verb.AllExits,
        RelustreCommand => ExitCodes.All.Select(row => row.Code),
        _ => [],
    };

    private static void Whole(StringBuilder page)
    {
        List(page, "ENVIRONMENT", Reference.Variables.Select(row => (row.Name, (string?)row.Meaning)));
        List(page, "FILES", Reference.Files.Select(row => (row.Name, (string?)row.Meaning)));
    }

    private static void SeeAlso(StringBuilder page, Command command)
    {
        var others = command.Parents.OfType<Command>().Concat(command.Subcommands.Where(child => !child.Hidden));
        Section(page, "SEE ALSO", string.Join(",\n", others
            .Select(other => HelpText.PathOf(other).Replace(' ', '-'))
            .Select(name => $"\\fB{Roff(name)}\\fR(1)").Append("\\fBrestic\\fR(1)")));
    }

    private static void Section(StringBuilder page, string title, string text) => page.Append($".SH {title}\n{text}\n");

    private static void List(StringBuilder page, string title, IEnumerable<(string Term, string? Meaning)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
            return;
        page.Append($".SH {title}\n");
        foreach (var (term, meaning) in list)
            page.Append($".TP\n\\fB{Roff(term)}\\fR\n{Roff(meaning ?? "")}\n");
    }

    // A hyphen that is typed must be a real one, and no line may start a request of its own.
    private static string Roff(string text)
    {
        var safe = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return safe.StartsWith('.') || safe.StartsWith('\'') ? "\\&" + safe : safe;
    }
}
