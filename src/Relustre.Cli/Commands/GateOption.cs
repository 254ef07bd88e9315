using System.CommandLine;
using Relustre.Restore;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Gates that a person opens although they refuse: by their names, typed, and noted in the journal before anything is done.</summary>
internal sealed class GateOption
{
    private readonly Option<string[]> open = new("--open-gate")
    {
        HelpName = "GATE",
        Description = "Go through this gate although it refuses: its name, typed; can be repeated",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public GateOption() => open.Validators.Add(result =>
    {
        var names = GateBook.All.Select(gate => gate.Name).ToList();
        foreach (var token in result.Tokens.Where(token => !names.Contains(token.Value)))
            result.AddError($"--open-gate: there is no gate '{token.Value}'{Spelling.DidYouMean(token.Value, names)}");
    });

    public void AddTo(Verb verb) => verb.Add(open);

    public bool IsTyped(CommandRun run, string gate) => (run.Value(open) ?? []).Contains(gate);

    public void Open(CommandRun run, OpenRestore restore)
    {
        foreach (var name in (run.Value(open) ?? []).Distinct().Where(name => !restore.Journal.IsOpened(name)))
        {
            restore.Journal.Note(JournalKind.GateOpened, text: name);
            run.Screen.Warn($"gate {name} is opened by hand for the rest of this restore: nobody makes sure that {GateBook.All.Single(gate => gate.Name == name).Statement}");
        }
    }
}
