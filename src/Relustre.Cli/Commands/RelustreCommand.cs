using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Relustre.Cli.Help;
using Relustre.Cli.Output;

namespace Relustre.Cli.Commands;

/// <summary>The whole command line: every verb, and the way from typed words to an exit code.</summary>
internal sealed class RelustreCommand : Command
{
    public const string Program = "relustre";

    private readonly GlobalOptions global = new();
    private readonly Option<bool> version = new("--version") { Description = "Print the version" };
    private readonly Surroundings outside;

    public RelustreCommand(Surroundings outside)
        : base(Program, "Back up the configuration of HA Lustre servers, and bring them back")
    {
        this.outside = outside;
        foreach (var option in global.All)
        {
            option.Recursive = true;
            Add(option);
        }
        Add(version);
        Add(new HelpOption("--help", "-h") { Recursive = true, Description = "Show help", Action = new HelpTextAction(outside) });
        foreach (var verb in VerbList.All)
            Add(verb);
        foreach (var verb in Tree.Of(this).Select(node => node.Command).OfType<Verb>())
            verb.SetAction((line, cancel) => RunAsync(verb, line, cancel));
        SetAction(Bare);
    }

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        // A server may be called @something; files of arguments are not wanted.
        var line = Parse(arguments, new() { ResponseFileTokenReplacer = null });
        if (line.Errors.Count > 0 && line.Action is null or ParseErrorAction)
            return (int)Complain(line);
        if (!arguments.Contains("--") && ParseComplaint.Stray(line) is { } stray)
            return (int)Complain(line, stray);
        return await line.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancel);
    }

    private async Task<int> RunAsync(Verb verb, ParseResult line, CancellationToken cancel)
    {
        using var screen = ScreenOf(line);
        var run = new CommandRun(line, global, outside, screen);
        return (int)await ErrorBoundary.RunAsync(() => verb.RunAsync(run, cancel), screen, line.GetValue(global.Debug), cancel);
    }

    private int Bare(ParseResult line)
    {
        using var screen = ScreenOf(line);
        if (line.GetValue(version))
            screen.Line(VersionCommand.Text);
        else
            screen.Text(HelpText.Of(this, outside.Width));
        return (int)ExitCode.Done;
    }

    private ExitCode Complain(ParseResult line, string? complaint = null)
    {
        using var screen = ScreenOf(line);
        screen.Error(complaint ?? ParseComplaint.Of(line));
        return ExitCode.Usage;
    }

    private Screen ScreenOf(ParseResult line) => new(outside, line.GetValue(global.Json), colour: !line.GetValue(global.NoColor));
}
