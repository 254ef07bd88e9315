using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>One server as a snapshot has it, read component by component when somebody asks.</summary>
public sealed class StoredServer(TreeCache trees, StoredSnapshot snapshot)
{
    private IReadOnlyList<SnapshotEntry>? entries;
    private Manifest? manifest;
    private IReadOnlyDictionary<string, ComponentFacts>? facts;

    public StoredServer(BlobVault vault, StoredSnapshot snapshot) : this(new TreeCache(vault), snapshot)
    {
    }

    public string Host => Snapshot.Record.Hostname;

    public StoredSnapshot Snapshot { get; } = snapshot;

    public SnapshotReader Reader { get; } = new(trees, snapshot);

    /// <summary>Hand it to a neighbour, and what both have is read once.</summary>
    public TreeCache Trees { get; } = trees;

    public async Task<Manifest> ManifestAsync(CancellationToken cancel) => manifest ??= await Reader.ManifestAsync(cancel);

    /// <summary>The typed facts by their component's name.</summary>
    public async Task<IReadOnlyDictionary<string, ComponentFacts>> FactsAsync(CancellationToken cancel) =>
        facts ??= await ReadFactsAsync(await ManifestAsync(cancel), cancel);

    /// <summary>What it has of one component: files with their content, and tools' answers.</summary>
    public Task<ComponentState> StateAsync(Component component, CancellationToken cancel) => StateAsync(component, _ => true, cancel);

    /// <summary>The same with only those files whose paths are wanted.</summary>
    internal async Task<ComponentState> StateAsync(Component component, Func<string, bool> isWanted, CancellationToken cancel)
    {
        entries ??= await Reader.EntriesAsync(cancel).ToListAsync(cancel);
        var files = new List<CapturedFile>();
        foreach (var entry in entries.Where(entry => isWanted(entry.Path) && !SnapshotLayout.IsOurs(entry.Path) && component.Has(entry.Path)))
            files.Add(entry.ToFile(entry.Node.Type == NodeType.File ? await Reader.ReadAsync(entry, cancel) : default));
        return new ComponentState(files, await ToolsAsync(component, cancel));
    }

    private async Task<IReadOnlyList<ToolOutput>> ToolsAsync(Component component, CancellationToken cancel)
    {
        var outputs = new List<ToolOutput>();
        foreach (var tool in (await ManifestAsync(cancel)).Components.FirstOrDefault(one => one.Name == component.Name)?.Tools ?? [])
        {
            var entry = await Reader.FindAsync(SnapshotLayout.Tool(component.Name, tool.Name), cancel);
            outputs.Add(new ToolOutput(tool.Name, tool.Outcome)
            {
                ExitCode = tool.ExitCode,
                Output = entry is null ? default : await Reader.ReadAsync(entry, cancel),
                Complaint = tool.Complaint ?? "",
            });
        }
        return outputs;
    }

    private async Task<IReadOnlyDictionary<string, ComponentFacts>> ReadFactsAsync(Manifest manifest, CancellationToken cancel)
    {
        var read = await Reader.FactsByComponentAsync(manifest, cancel);
        return read.ToDictionary(one => one.Component, one => one.Facts, StringComparer.Ordinal);
    }
}
