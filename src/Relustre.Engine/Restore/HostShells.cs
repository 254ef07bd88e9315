using Relustre.Hosts;

namespace Relustre.Restore;

/// <summary>The shells of the servers that one command works on: planning, gates, steps and audit share one login to each, since logging in takes longer than most of them.</summary>
public sealed class HostShells(TimeProvider clock) : IAsyncDisposable
{
    private readonly Dictionary<string, HostShell> shells = [];

    /// <summary>A server's shell, the same one each time.</summary>
    public HostShell Of(Host host)
    {
        if (!shells.TryGetValue(host.Name, out var shell))
            shells.Add(host.Name, shell = new HostShell(host, clock));
        return shell;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(shells.Values.Select(shell => shell.DisposeAsync().AsTask()));
}
