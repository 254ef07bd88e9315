using Relustre.Rules;
using Relustre.Snapshots;

namespace Relustre.Audit;

/// <summary>A server that rules look at.</summary>
internal sealed record ViewedServer(string Host, StoredServer Server)
{
    /// <summary>Seconds; null: a snapshot is looked at, and not the server itself.</summary>
    public double? ClockOffset { get; init; }

    /// <summary>Its newest backup; null: there is none.</summary>
    public StoredServer? Backup { get; init; }

    public IReadOnlyList<string> Partners { get; init; } = [];

    public ServerView At(DateTimeOffset now) => new(Host, now)
    {
        ClockOffset = ClockOffset,
        CapturedAt = ClockOffset is null ? Server.Snapshot.Record.Time : null,
        Partners = Partners,
    };

    /// <summary>Facts that cannot be read are as good as none, as in a snapshot of a later program.</summary>
    public Task<ServerView> WithFactsAsync(ServerView view, IEnumerable<string> components, CancellationToken cancel) => ReadAsync(view, Server, components, cancel);

    public async Task<ServerView> WithBackupAsync(ServerView view, IEnumerable<string> components, CancellationToken cancel) => Backup is null
        ? view
        : view with { Backup = await ReadAsync(new ServerView(Host, view.At) { CapturedAt = Backup.Snapshot.Record.Time }, Backup, components, cancel) };

    public async Task<ServerView> WithStateAsync(ServerView view, Component component, CancellationToken cancel) => view with
    {
        States = new Dictionary<string, ComponentState>(view.States) { [component.Name] = await Server.StateAsync(component, cancel) },
    };

    private static async Task<ServerView> ReadAsync(ServerView view, StoredServer server, IEnumerable<string> components, CancellationToken cancel)
    {
        var facts = new Dictionary<string, ComponentFacts>(view.Facts);
        foreach (var name in components.Where(name => !facts.ContainsKey(name)))
            if (await ReadableAsync(server, name, cancel) is { } told)
                facts[name] = told;
        return view with { Facts = facts };
    }

    private static async Task<ComponentFacts?> ReadableAsync(StoredServer server, string component, CancellationToken cancel)
    {
        try
        {
            return await server.Reader.FactsOfAsync(component, cancel);
        }
        catch (SnapshotUnreadableException)
        {
            return null;
        }
    }
}
