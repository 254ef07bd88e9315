using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Reads what some components said in all snapshots of a host, each only where it may have changed.</summary>
internal sealed class SettingPasts(TreeCache trees, CatalogueIndex index, IReadOnlyList<Component> components)
{
    /// <param name="snapshots">Oldest first.</param>
    public async Task<IReadOnlyList<SettingPast>> ReadAsync(IReadOnlyList<StoredSnapshot> snapshots, CancellationToken cancel)
    {
        List<SettingPast> pasts = [.. components.Select(component => new SettingPast(component))];
        StoredServer? before = null;
        foreach (var snapshot in snapshots)
        {
            var server = new StoredServer(trees, snapshot);
            var touched = before is null ? components : await new ServerComparison(index).TouchedAsync(before, server, cancel);
            foreach (var past in pasts)
            {
                if (touched.Contains(past.Component))
                    past.Add(snapshot, past.Component.Read(await server.StateAsync(past.Component, cancel)));
                else
                    past.Extend(snapshot);
            }
            before = server;
        }
        return pasts;
    }
}
