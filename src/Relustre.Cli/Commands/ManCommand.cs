using System.CommandLine;
using Relustre.Cli.Help;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Prints or writes the manual.</summary>
internal sealed class ManCommand : Verb
{
    private readonly Argument<string[]> words = new("COMMAND") { Description = "Whose page (the whole program's by default)", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> folder = new("--out") { HelpName = "DIR", Description = "Write every page into this folder" };

    public ManCommand() : base("man", "Print or write the manual pages")
    {
        Add(words);
        Add(folder);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Prints a manual page in roff, the format that man(1) reads. With --out, writes relustre.1 and one page for each command into a folder.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre man host add | man -l -", "read one page"),
        new("relustre man --out /usr/local/share/man/man1", "install them all"),
    ];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        if (run.Value(folder) is { } asked)
        {
            var target = Directory.CreateDirectory(run.FullPath(asked)).FullName;
            foreach (var (name, text) in ManPage.All(run.Root))
                await File.WriteAllTextAsync(Path.Combine(target, name), text, cancel);
            run.Screen.Line($"manual pages are in {target}");
        }
        else
            run.Screen.Document(ManPage.Of(Find(run.Root, run.Value(words) ?? [])));
        return ExitCode.Done;
    }

    private static Command Find(Command root, IReadOnlyList<string> words) => words.Aggregate(root, (at, word) =>
        at.Subcommands.FirstOrDefault(child => child.Name == word) ?? throw new CommandFailedException(
            $"there is no command '{word}'{Spelling.DidYouMean(word, at.Subcommands.Select(child => child.Name))}", ExitCode.Usage));
}
