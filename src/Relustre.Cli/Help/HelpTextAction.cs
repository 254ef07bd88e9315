using System.CommandLine;
using System.CommandLine.Invocation;
using Relustre.Cli.Output;

namespace Relustre.Cli.Help;

/// <summary>Answers <c>--help</c>.</summary>
internal sealed class HelpTextAction(Surroundings outside) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        using var screen = new Screen(outside, json: false, colour: false);
        screen.Text(HelpText.Of(parseResult.CommandResult.Command, outside.Width));
        return (int)ExitCode.Done;
    }
}
