using Relustre.Facts;
using Relustre.Snapshots;

namespace Relustre.Restore;

/// <summary>Of the CIBs that a pair's backups have, the newest: they are taken one server after the other, so they may disagree.</summary>
/// <param name="Saved">The one that is brought back.</param>
public sealed record CibChoice(SavedCib Saved)
{
    private const string ComponentName = "pacemaker";

    /// <summary>The others, each with what it says differently, by meaning.</summary>
    public IReadOnlyList<(SavedCib Copy, IReadOnlyList<Difference> Differences)> Others { get; init; } = [];

    /// <summary>Copies that are on the servers now, such as that of a cluster that is stopped.</summary>
    public IReadOnlyList<SavedCib> Found { get; init; } = [];

    /// <summary>The age of the newest of all.</summary>
    public CibAge Newest => Found.Select(copy => copy.Age).Append(Saved.Age).Max();

    /// <exception cref="RestoreException">No backup has a whole one.</exception>
    public static async Task<CibChoice> OfAsync(IReadOnlyList<LostServer> servers, CatalogueIndex index, CancellationToken cancel)
    {
        var pacemaker = index.Catalogue.Components.Single(component => component.Name == ComponentName);
        var copies = new List<(SavedCib Copy, ComponentState State)>();
        var found = new List<SavedCib>();
        foreach (var server in servers)
        {
            var state = await server.Wanted.StateAsync(pacemaker, cancel);
            if (SavedCib.Of(server.Host, state) is { } copy)
                copies.Add((copy, state));
            if (SavedCib.Of(server.Host, await server.Found.StateAsync(pacemaker, cancel)) is { } now)
                found.Add(now);
        }
        if (SavedCib.Newest(copies.Select(one => one.Copy)) is not { } chosen)
            throw new RestoreException($"no backup of {string.Join(" or ", servers.Select(server => server.Host))} has a whole CIB: choose older ones with --at, or form the cluster anew and restore the servers one by one");
        var state0 = copies.First(one => one.Copy == chosen).State;
        return new CibChoice(chosen)
        {
            Others = [.. copies.Where(one => one.Copy != chosen).Select(one => (one.Copy, Between(pacemaker, state0, one.State)))],
            Found = found,
        };
    }

    // Keys and tokens of the servers differ anyway; here only the cluster's own configuration counts.
    private static IReadOnlyList<Difference> Between(Component pacemaker, ComponentState chosen, ComponentState other) =>
        [.. pacemaker.Compare(chosen, other).Where(difference => difference.Key.StartsWith("cib ", StringComparison.Ordinal))];
}
