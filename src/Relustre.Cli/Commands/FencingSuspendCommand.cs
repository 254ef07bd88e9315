using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Cli.Commands;

/// <summary>Lends out a cluster's fencing, for a while.</summary>
internal sealed class FencingSuspendCommand : LeaseTakeCommand
{
    private readonly GateOption gates = new();

    public FencingSuspendCommand() : base(LeaseKind.Fencing, "suspend", "Suspend a cluster's fencing for a while; its nodes end that by themselves") => gates.AddTo(this);

    public override IReadOnlyList<string> Details =>
    [
        "Without fencing nothing stops a node that hangs from writing to a target that its partner has taken over. 'relustre maintenance begin' is nearly always the better way, and so are resources "
            + "that are disabled. So it takes the gate's name, typed, a reason, and a limit.",
        "Each node that answers first sets a timer of its own, which switches fencing on again whatever becomes of Relustre and its machine; one that cannot means that nothing is suspended. The lease stands in the "
            + "cluster's properties, in every plan and every audit, and no restore is over before it is.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre fencing suspend mds --for 30m --reason 'new BMC in mds1' --open-gate fencing-suspended", "for half an hour at most"),
    ];

    protected override bool IsOpened(CommandRun run) => gates.IsTyped(run, FencingSuspended.GateName);

    protected override string? Refusal(CommandRun run, string pair) => IsOpened(run)
        ? null
        : $"fencing is not suspended. Nearly always the better way is a cluster in maintenance: relustre maintenance begin {pair} --for TIME --reason TEXT. If it must be fencing, type '--open-gate {FencingSuspended.GateName}'";
}
