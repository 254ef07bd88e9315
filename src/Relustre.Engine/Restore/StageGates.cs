using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>Which gates stand before the steps of a stage.</summary>
public static class StageGates
{
    public static IReadOnlyList<string> Before(RestoreStage stage) => stage switch
    {
        RestoreStage.Storage or RestoreStage.Network or RestoreStage.Packages or RestoreStage.Kernel or RestoreStage.Lnet
            or RestoreStage.Cluster or RestoreStage.Resources or RestoreStage.Reboot => [NodeIsIdle.GateName],
        _ => [],
    };
}
