using System.CommandLine;
using Relustre.Cli.Help;

namespace Relustre.Cli.Commands;

/// <summary>Prints what a shell needs to complete our words.</summary>
internal sealed class CompletionCommand : Verb
{
    private readonly Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish" };

    public CompletionCommand() : base("completion", "Print a shell's completion script")
    {
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(shell);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Prints a script that completes commands, options, folders, files and the names of the site's servers.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre completion bash > /etc/bash_completion.d/relustre", "bash, for everybody"),
        new("relustre completion zsh > /usr/local/share/zsh/site-functions/_relustre", "zsh"),
        new("relustre completion fish > ~/.config/fish/completions/relustre.fish", "fish"),
    ];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        run.Screen.Document(run.Value(shell) switch
        {
            "bash" => BashCompletion.Of(run.Root),
            "zsh" => ZshCompletion.Of(run.Root),
            _ => FishCompletion.Of(run.Root),
        });
        return Task.FromResult(ExitCode.Done);
    }
}
