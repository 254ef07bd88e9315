using System.Text;
using System.Text.Json;
using Relustre.Archives;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Brings an archive of the appendix's script into the vault, as a snapshot of the time when it was made.</summary>
public sealed class ImportArchive(BlobVault vault, CatalogueIndex index, TimeProvider clock)
{
    public const string Tag = SnapshotFinder.ImportedTag;

    /// <summary>What came with the archive as its runlevel script: to be read, and never run.</summary>
    private const string Runlevels = SnapshotLayout.Folder + "/imported/chkconfig-output.sh";

    private readonly Dictionary<string, SnapshotEntry> entries = new(StringComparer.Ordinal);

    public async Task<ImportedArchive> RunAsync(AppendixArchive archive, string host, CancellationToken cancel)
    {
        await using var hold = await vault.LockAsync(exclusive: false, cancel);
        await vault.PrepareToWriteAsync(cancel);
        foreach (var file in archive.Files.Where(file => !SnapshotLayout.IsOurs(file.Path) && file.Path != "/"))
            await AddAsync(file, cancel);
        var components = await AddComponentsAsync(archive, cancel);
        if (archive.RunlevelScript is { } script)
            await AddOwnAsync(Runlevels, Encoding.UTF8.GetBytes(script), cancel);
        await AddOwnAsync(SnapshotLayout.Manifest, JsonSerializer.SerializeToUtf8Bytes(new Manifest
        {
            Schema = Manifest.CurrentSchema,
            Host = host,
            IsTree = true,
            Components = components,
            Problems = [.. archive.LeftOut.Select(name => new ManifestProblem(name, "in the archive, and no part of the server's configuration"))],
        }, ManifestJson.Default.Manifest), cancel);
        var tree = await new TreeWriter(vault).WriteAsync(entries.Values, cancel);
        await vault.FlushAsync(cancel);
        return await SnapshotAsync(host, tree, archive, cancel);
    }

    private async Task<ImportedArchive> SnapshotAsync(string host, BlobId tree, AppendixArchive archive, CancellationToken cancel)
    {
        var before = await vault.SnapshotsAsync(cancel).FirstOrDefaultAsync(
            snapshot => snapshot.Record.Hostname == host && snapshot.Record.Tree == tree && snapshot.Record.Tags.Contains(Tag), cancel);
        if (before is not null)
            return new(before, archive.Files.Count, IsNew: false);
        var record = new SnapshotRecord
        {
            Time = archive.At ?? NewestFile(archive),
            Tree = tree,
            Paths = ["/"],
            Hostname = host,
            Username = Environment.UserName,
            Tags = [Tag],
            ProgramVersion = ProgramVersion.Text,
        };
        return new(new(await vault.PutSnapshotAsync(record, cancel), record), archive.Files.Count, IsNew: true);
    }

    // It was made when its newest file was written, or later; only of a file from the future nobody knows anything.
    private DateTimeOffset NewestFile(AppendixArchive archive)
    {
        var now = clock.GetUtcNow();
        var newest = archive.Files.Where(file => file.Kind == FileKind.File).Select(file => file.Modified.Seconds)
            .Where(seconds => seconds > 0 && seconds <= now.ToUnixTimeSeconds()).DefaultIfEmpty(0).Max();
        return newest > 0 ? DateTimeOffset.FromUnixTimeSeconds(newest) : now;
    }

    private async Task<IReadOnlyList<ManifestComponent>> AddComponentsAsync(AppendixArchive archive, CancellationToken cancel)
    {
        var manifest = new List<ManifestComponent>();
        foreach (var component in index.Catalogue.Components.OrderBy(component => component.Name, StringComparer.Ordinal))
        {
            var files = archive.Files.Where(file => component.SourceOf(file) is not null).ToList();
            IReadOnlyList<ToolOutput> tools = component.Name == "pacemaker" && archive.Cib is { } cib
                ? [new("cib.xml", ToolOutcome.Answered) { ExitCode = 0, Output = cib }]
                : [];
            foreach (var tool in tools)
                await AddOwnAsync(SnapshotLayout.Tool(component.Name, tool.Name), tool.Output, cancel);
            var facts = files.Count + tools.Count > 0 ? component.Facts(new(files, tools)) : null;
            if (facts is not null)
                await AddOwnAsync(
                    SnapshotLayout.Facts(component.Name), JsonSerializer.SerializeToUtf8Bytes(facts, FactsJson.Default.ComponentFacts), cancel);
            manifest.Add(new(component.Name)
            {
                Files = files.Count,
                HasFacts = facts is not null,
                Tools = [.. tools.Select(tool => new ManifestTool(tool.Name, tool.Outcome) { ExitCode = tool.ExitCode })],
            });
        }
        return manifest;
    }

    private async Task AddAsync(CapturedFile file, CancellationToken cancel)
    {
        var node = file.ToNode();
        if (file.Kind == FileKind.File)
            node = node with { Content = await vault.PutContentAsync(file.Content, cancel), Size = (ulong)file.Content.Length };
        entries[file.Path] = new(file.Path, node);
    }

    private async Task AddOwnAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var pieces = await vault.PutContentAsync(content, cancel);
        entries[path] = new(path, OwnNode.File(path[(path.LastIndexOf('/') + 1)..], pieces, content.Length));
    }
}
