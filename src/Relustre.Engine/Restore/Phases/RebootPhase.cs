using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>The reboot into the kernel and the settings that were put back. The cluster's services do not start with it: they are enabled only after it.</summary>
internal static class RebootPhase
{
    public static IReadOnlyList<PlannedStep> Steps { get; } =
    [
        new(0, "server", new Reboot()) { Stage = RestoreStage.Reboot, Why = "kernel, modules and names take effect with it", Gates = StageGates.Before(RestoreStage.Reboot) },
    ];

    /// <summary>What only a boot makes effective: a kernel, packages, names of disks, the host's own name and id.</summary>
    public static bool IsNeeded(IReadOnlyList<PlannedStep> changes, RestoreContext context) =>
        changes.Any(step => step.Stage is RestoreStage.Packages or RestoreStage.Kernel or RestoreStage.Security or RestoreStage.Storage or RestoreStage.Lnet)
        || (context.WantedOf<SystemFacts>()?.Kernel is { } kernel && context.FoundOf<SystemFacts>()?.Kernel is { } running && kernel != running);
}
