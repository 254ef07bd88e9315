using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Phases;

/// <summary>Before the cluster hears of the server again: the kernel is the right one, and LNet has the addresses by which Lustre knows it.</summary>
internal static class VerificationPhase
{
    // Modules may be up already, and lctl of any age can say so; lnetctl only configures what lctl has not.
    private const string LnetUp = "modprobe lnet && { lctl list_nids >/dev/null 2>&1 || lctl network up >/dev/null; } && lctl list_nids";

    private const string KernelWhy = "Lustre's modules fit one kernel";
    private const string NidWhy = "clients and the other servers find targets by these addresses: other ones would need a writeconf with the file system down";

    public static IEnumerable<PlannedStep> Steps(RestoreContext context, bool isAfterReboot)
    {
        if (isAfterReboot && context.WantedOf<SystemFacts>()?.Kernel is { Length: > 0 } kernel)
            yield return Step("kernel", new Verify(new Check($"kernel {kernel} runs", new RemoteCommand("uname", "-r")) { Expecting = kernel }), KernelWhy);
        var wanted = context.WantedOf<LnetFacts>()?.Nids ?? [];
        var isUp = wanted.All(nid => context.FoundOf<LnetFacts>()?.Nids.Contains(nid) == true);
        if (wanted.Count == 0 || (isUp && !isAfterReboot))
            yield break;
        yield return Step("lnet", new RunTool("bring LNet up", new RemoteCommand("sh", "-c", LnetUp) { TimeLimit = 120 }), NidWhy);
        foreach (var nid in wanted)
            yield return Step("lnet", new Verify(new Check($"LNet has the NID {nid}", new RemoteCommand("lctl", "list_nids")) { Expecting = nid, Patience = 30 }), NidWhy);
    }

    private static PlannedStep Step(string subject, RestoreStep step, string why) =>
        new(0, subject, step) { Stage = RestoreStage.Verification, Why = why };
}
