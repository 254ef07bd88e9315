using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Switches fencing on again.</summary>
internal sealed class FencingResumeCommand() : LeaseEndCommand(LeaseKind.Fencing, "resume", "Switch fencing on again, before its lease is over")
{
    public override IReadOnlyList<string> Details => ["The timers of its nodes then find nothing to do. Without a lease, nothing is changed."];

    public override IReadOnlyList<Example> Examples => [new("relustre fencing resume mds", "what it was suspended for is done")];
}
