using System.CommandLine;

namespace Relustre.Cli.Commands;

/// <summary>
/// Something that an administrator can tell Relustre to do. Help, man pages and completions are written from these members
/// alone, so what a verb does not say here, nobody will learn.
/// </summary>
/// <param name="summary">One line, starting with a verb, without a full stop.</param>
internal abstract class Verb(string name, string summary) : Command(name, summary)
{
    /// <summary>What an administrator should know, in paragraphs.</summary>
    public abstract IReadOnlyList<string> Details { get; }

    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>Besides 0, 1, 2 and 130, which every verb has.</summary>
    public virtual IReadOnlyList<ExitCode> Exits => [];

    public IEnumerable<ExitCode> AllExits =>
        Exits.Concat([ExitCode.Done, ExitCode.Failed, ExitCode.Usage, ExitCode.Interrupted]).Distinct().Order();

    public abstract Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel);
}
