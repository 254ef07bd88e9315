using System.CommandLine;

namespace Relustre.Cli.Commands;

/// <summary>Verbs that share a noun, such as <c>host add</c> and <c>host list</c>.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string summary, params IReadOnlyList<Verb> verbs) : base(name, summary)
    {
        foreach (var verb in verbs)
            Add(verb);
    }
}
