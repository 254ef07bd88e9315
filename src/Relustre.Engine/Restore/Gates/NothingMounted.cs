
namespace Relustre.Restore.Gates;

/// <summary>
/// No server of the pair has a target or a pool in use, and all of them say so. Asked before a cluster that knows nothing of the past
/// gets to know the targets: what is mounted then by hand would be mounted a second time.
/// </summary>
public sealed class NothingMounted() : Gate(GateName, "no server of the pair has a target mounted or a pool imported")
{
    public const string GateName = "nothing-mounted";

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        foreach (var shell in (HostShell[])[view.Host, .. view.Partners])
        {
            var look = $"ssh {shell.Host.Name} 'cat /proc/mounts; zpool list'";
            if (await HeldTargets.AskAsync(shell, view.Wanted.Values, cancel) is not { } held)
                return Closed($"{shell.Host.Name} does not tell what is mounted on it", look);
            if (held.Count > 0)
                return Closed($"{shell.Host.Name} holds {held.Some()}: unmount or export it, or find out who works on it", look);
        }
        return Open($"nothing is mounted on {string.Join(" and ", view.Partners.Select(partner => partner.Host.Name).Prepend(view.Name))}");
    }
}
