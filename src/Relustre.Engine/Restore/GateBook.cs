using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>The table of contents: every gate there is.</summary>
public static class GateBook
{
    public static IReadOnlyList<Gate> All { get; } =
    [
        new NodeIsIdle(), new HoldsNothing(), new PartnerServes(), new OneAtATime(), new FencingWorks(), new TargetsVisible(), new NidsAsBefore(), new KeysAgree(),
        new BackupIsCurrent(), new RightKernel(), new ClocksAgree(), new PackagesAvailable(), new EnoughSpace(), new FencingSuspended(),
        new NoNewerCib(), new NothingMounted(), new CardsConfirmed(),
    ];
}
