using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>Which gates stand before which steps.</summary>
public static class StageGates
{
    /// <summary>Before the very first change of a restore that goes as far as the cluster.</summary>
    public static IReadOnlyList<string> First { get; } = [OneAtATime.GateName, ClocksAgree.GateName, BackupIsCurrent.GateName];

    /// <summary>Before the very first change, too, where packages will be installed.</summary>
    public static IReadOnlyList<string> Installing { get; } = [EnoughSpace.GateName, PackagesAvailable.GateName];

    /// <summary>Before the server talks to the cluster again: all that makes it a sound member, or a danger.</summary>
    public static IReadOnlyList<string> Membership { get; } =
    [
        HoldsNothing.GateName, OneAtATime.GateName, PartnerServes.GateName, RightKernel.GateName, NidsAsBefore.GateName, TargetsVisible.GateName, KeysAgree.GateName,
        ClocksAgree.GateName, FencingWorks.GateName,
    ];

    /// <summary>Before it may be given resources.</summary>
    public static IReadOnlyList<string> Resources { get; } = [PartnerServes.GateName, TargetsVisible.GateName, KeysAgree.GateName, FencingWorks.GateName];

    /// <summary>Before a target moves.</summary>
    public static IReadOnlyList<string> Move { get; } = [PartnerServes.GateName, TargetsVisible.GateName];

    /// <summary>The same for what a second look adds: the partner's cluster may have gone on since the first gate was asked.</summary>
    public static IReadOnlyList<string> Again(RestoreStage stage) =>
        stage == RestoreStage.Cluster ? [.. Before(stage), BackupIsCurrent.GateName] : Before(stage);

    /// <summary>Before the steps of a component's stage, or of the server's own: what could disturb a cluster waits until it is stopped here.</summary>
    public static IReadOnlyList<string> Before(RestoreStage stage) => stage switch
    {
        RestoreStage.Storage or RestoreStage.Network or RestoreStage.Packages or RestoreStage.Kernel or RestoreStage.Lnet
            or RestoreStage.Cluster or RestoreStage.Resources or RestoreStage.Reboot => [NodeIsIdle.GateName],
        _ => [],
    };
}
