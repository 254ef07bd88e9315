using Relustre.Archives;
using Relustre.Capture;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Makes the appendix's archive of a snapshot, for whoever works by that document.</summary>
public sealed class ExportHost(BlobVault vault)
{
    public async Task<AppendixArchive> RunAsync(StoredSnapshot snapshot, CancellationToken cancel)
    {
        var reader = new SnapshotReader(vault, snapshot);
        var files = new List<CapturedFile>();
        await foreach (var entry in reader.EntriesAsync(cancel).Where(entry => !SnapshotLayout.IsOurs(entry.Path)))
            files.Add(entry.ToFile(entry.Node.Type == NodeType.File ? await reader.ReadAsync(entry, cancel) : default));
        return AppendixArchive.Of(snapshot.Record.Hostname, snapshot.Record.Time.ToUniversalTime(), files, await ToolsAsync(reader, cancel));
    }

    private static async Task<List<ComponentOutput>> ToolsAsync(SnapshotReader reader, CancellationToken cancel)
    {
        var outputs = new List<ComponentOutput>();
        foreach (var component in (await reader.ManifestAsync(cancel)).Components)
            foreach (var tool in component.Tools)
                if (await reader.FindAsync(SnapshotLayout.Tool(component.Name, tool.Name), cancel) is { } said)
                    outputs.Add(new(component.Name, new ToolOutput(tool.Name, tool.Outcome)
                    {
                        ExitCode = tool.ExitCode,
                        Output = await reader.ReadAsync(said, cancel),
                    }));
        return outputs;
    }
}
