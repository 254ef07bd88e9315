using System.Text;
using System.Text.Json;
using Relustre.Audit;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

/// <summary>A server as a backup would have it, with what its tools said, written into a vault without a server.</summary>
internal static class WrittenServer
{
    /// <param name="states">By component.</param>
    public static async Task<StoredServer> WriteAsync(SmallFleet fleet, string host, params IReadOnlyList<(string Component, ComponentState State)> states)
    {
        var content = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var components = new List<ManifestComponent>();
        foreach (var (name, state) in states.OrderBy(one => one.Component, StringComparer.Ordinal))
        {
            var facts = Catalogue.BuiltIn.Components.Single(component => component.Name == name).Facts(state);
            foreach (var file in state.Files)
                content[file.Path] = file.Content.ToArray();
            foreach (var tool in state.Tools)
                content[SnapshotLayout.Tool(name, tool.Name)] = tool.Output.ToArray();
            if (facts is not null)
                content[SnapshotLayout.Facts(name)] = JsonSerializer.SerializeToUtf8Bytes(facts, FactsJson.Default.ComponentFacts);
            components.Add(new ManifestComponent(name) { Files = state.Files.Count, HasFacts = facts is not null, Tools = [.. state.Tools.Select(tool => new ManifestTool(tool.Name, tool.Outcome) { ExitCode = 0 })] });
        }
        content[SnapshotLayout.Manifest] = JsonSerializer.SerializeToUtf8Bytes(new Manifest { Schema = Manifest.CurrentSchema, Host = host, Components = components, Problems = [] }, ManifestJson.Default.Manifest);
        return new StoredServer(fleet.Vault, await PutAsync(fleet, host, content));
    }

    public static CapturedFile File(string path, string text) => new() { Path = path, Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(text) };

    public static ToolOutput Tool(string name, params IEnumerable<string> lines) =>
        new(name, ToolOutcome.Answered) { ExitCode = 0, Output = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))) };

    private static async Task<StoredSnapshot> PutAsync(SmallFleet fleet, string host, SortedDictionary<string, byte[]> content)
    {
        var entries = new List<SnapshotEntry>();
        foreach (var (path, bytes) in content)
            entries.Add(new SnapshotEntry(path, new TreeNode
            {
                Name = UnixPath.Encode(path[(path.LastIndexOf('/') + 1)..]),
                Type = NodeType.File,
                UnixMode = 0b110_100_100,
                Size = (ulong)bytes.Length,
                Content = await fleet.Vault.PutContentAsync(bytes, SmallFleet.Cancel),
                Links = 1,
            }));
        var tree = await new TreeWriter(fleet.Vault).WriteAsync(entries, SmallFleet.Cancel);
        await fleet.Vault.FlushAsync(SmallFleet.Cancel);
        var record = new SnapshotRecord { Time = DateTimeOffset.UnixEpoch, Tree = tree, Hostname = host };
        return new StoredSnapshot(await fleet.Vault.PutSnapshotAsync(record, SmallFleet.Cancel), record);
    }
}
