using System.Buffers.Binary;
using System.Text.Json;
using Relustre.Capture;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>One snapshot in the making: what the last one has and still holds, what was read now, and what we add of our own.</summary>
internal sealed class SnapshotAssembly(BlobVault vault, CatalogueIndex index, ArchiveRequest request)
{
    private readonly Dictionary<string, SnapshotEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SnapshotEntry> previous = new(StringComparer.Ordinal);
    private readonly HeldContent contents = new();
    private readonly List<ListedFile> wanted = [];
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private int filesRead;
    private long bytesRead;

    /// <summary>Takes over from the last snapshot what has not changed since, and learns what must be read.</summary>
    public async Task RecallAsync(FileListing listing, HostMemory? memory, CancellationToken cancel)
    {
        if (request.Parent is { } parent)
            await foreach (var entry in new SnapshotReader(vault, parent).EntriesAsync(cancel))
                previous[entry.Path] = entry;
        var known = memory?.Owners == HostMemory.OwnersOf(listing) ? memory.Known() : [];
        foreach (var listed in listing.Entries.Where(listed => listed.Path != "/" && !SnapshotLayout.IsOurs(listed.Path)))
        {
            if (listed.IsAncestor)
                folders.Add(listed.Path);
            if (known.Contains(HostMemory.KeyOf(listed)) && previous.TryGetValue(listed.Path, out var same) && HasContent(same))
                entries[listed.Path] = same;
            else
                wanted.Add(listed);
        }
    }

    public async Task ReadAsync(CaptureSession session, Action<CaptureProgress> report, CancellationToken cancel)
    {
        if (wanted.Count == 0)
            return;
        report(new CaptureProgress.Reading(0, wanted.Count));
        await foreach (var file in session.ReadAsync(wanted, isBrief: path => !TellsFacts(path), cancel))
        {
            await TakeAsync(file, cancel);
            report(new CaptureProgress.Reading(Math.Min(++filesRead, wanted.Count), wanted.Count));
        }
    }

    /// <summary>Fills in what those tools said that were not asked, from the last snapshot.</summary>
    /// <exception cref="VaultDamagedException">It does not hold what is known of it.</exception>
    public async Task<IReadOnlyList<ComponentOutput>> RecallToolsAsync(
        IReadOnlyList<ComponentOutput> tools, IReadOnlyDictionary<string, StandingAnswer> standing, CancellationToken cancel)
    {
        if (!tools.Any(tool => tool.Stands))
            return tools;
        var manifest = await new SnapshotReader(vault, request.Parent!).ManifestAsync(cancel);
        var whole = new List<ComponentOutput>(tools.Count);
        foreach (var tool in tools)
            whole.Add(tool.Stands ? tool with { Stands = false, Output = await RecallAsync(tool, manifest, standing[tool.Key].Said, cancel) } : tool);
        return whole;
    }

    private async Task<ToolOutput> RecallAsync(ComponentOutput tool, Manifest manifest, string said, CancellationToken cancel)
    {
        var path = SnapshotLayout.Tool(tool.Component, tool.Output.Name);
        var before = manifest.Components.FirstOrDefault(component => component.Name == tool.Component)?.Tools.FirstOrDefault(one => one.Name == tool.Output.Name);
        var output = tool.Output with { ExitCode = before?.ExitCode, Complaint = before?.Complaint ?? "" };
        if (previous.TryGetValue(path, out var entry))
            output = output with { Output = await SnapshotReader.ReadAsync(vault, entry, cancel) };
        return ToolsDigest.Of(output) == said ? output : throw new VaultDamagedException(path, "it is not what is remembered of it");
    }

    public async Task<ArchivedHost> FinishAsync(
        CaptureSession session, FileListing listing, IReadOnlyList<ComponentOutput> tools, CancellationToken cancel)
    {
        var problems = CaptureTroubles.Of(session, tools);
        var captured = entries.Values.ToList();
        await AddToolsAsync(tools, cancel);
        var components = await AddFactsAsync(captured, tools, problems, cancel);
        await AddAsync(SnapshotLayout.Manifest, JsonSerializer.SerializeToUtf8Bytes(new Manifest
        {
            Schema = Manifest.CurrentSchema,
            Host = request.Host,
            Uname = request.IsTree ? "" : session.Greeting.System,
            IsTree = request.IsTree,
            ReaderUserId = session.Greeting.UserId,
            Components = components,
            Problems = [.. problems.OrderBy(problem => problem.Subject, StringComparer.Ordinal)],
        }, ManifestJson.Default.Manifest), cancel);
        var tree = await new TreeWriter(vault).WriteAsync(entries.Values, cancel);
        return Outcome(tree, captured.Count) with { Problems = problems, Memory = Remember(listing, tools, session.Greeting.UserId, problems) };
    }

    private ArchivedHost Outcome(BlobId tree, int files) => request.Parent is { } parent && parent.Record.Tree == tree
        ? new ArchivedHost.Unchanged(parent)
        : new ArchivedHost.Changed(tree, request.Parent?.Id) { Files = files, FilesRead = filesRead, BytesRead = bytesRead };

    private async Task TakeAsync(CapturedFile file, CancellationToken cancel)
    {
        var node = file.ToNode();
        if (file.Kind == FileKind.File)
        {
            node = node with { Content = await vault.PutContentAsync(file.Content, cancel), Size = (ulong)file.Content.Length };
            bytesRead += file.Content.Length;
            if (TellsFacts(file.Path))
                contents.Take(file.Path, file.Content);
        }
        // A folder that is only on the way keeps the time that the last snapshot has: it changes with every neighbour that
        // nobody captures, and would make a new snapshot each time.
        if (folders.Contains(file.Path) && previous.TryGetValue(file.Path, out var before) && before.IsFolder)
            node = node with { Modified = before.Node.Modified };
        entries[file.Path] = new SnapshotEntry(file.Path, node);
    }

    private bool TellsFacts(string path) => index.ComponentsOf(path).Any(component => component.TellsFacts);

    private bool HasContent(SnapshotEntry entry) => entry.Node.Content.All(piece => vault.Has(BlobKind.Data, piece));

    private async Task AddToolsAsync(IReadOnlyList<ComponentOutput> tools, CancellationToken cancel)
    {
        foreach (var (component, output) in tools.Where(tool => !tool.Output.Output.IsEmpty))
            await AddAsync(SnapshotLayout.Tool(component, output.Name), output.Output, cancel);
    }

    private async Task<IReadOnlyList<ManifestComponent>> AddFactsAsync(
        List<SnapshotEntry> captured, IReadOnlyList<ComponentOutput> tools, List<ManifestProblem> problems, CancellationToken cancel)
    {
        var files = await FilesByComponentAsync(captured, problems, cancel);
        var host =
            (from component in index.Catalogue.Components.OrderBy(component => component.Name, StringComparer.Ordinal)
             let said = tools.Where(tool => tool.Component == component.Name).Select(tool => tool.Output).ToList()
             select (Component: component, State: new ComponentState(files.GetValueOrDefault(component.Name) ?? [], said))).ToList();
        var told = FactsOfHost.Of(host, problems);
        foreach (var (component, facts) in told)
            await AddAsync(SnapshotLayout.Facts(component), JsonSerializer.SerializeToUtf8Bytes(facts, FactsJson.Default.ComponentFacts), cancel);
        return
        [
            .. from one in host
               select new ManifestComponent(one.Component.Name)
               {
                   Files = one.State.Files.Count,
                   HasFacts = told.ContainsKey(one.Component.Name),
                   Tools = ToolsOf(one.State.Tools),
               },
        ];
    }

    private static IReadOnlyList<ManifestTool> ToolsOf(IEnumerable<ToolOutput> outputs) =>
    [
        .. from output in outputs
           orderby output.Name
           select new ManifestTool(output.Name, output.Outcome)
           {
               ExitCode = output.ExitCode,
               Complaint = output.Complaint is "" ? null : output.Complaint,
           },
    ];

    private async Task<Dictionary<string, List<CapturedFile>>> FilesByComponentAsync(
        List<SnapshotEntry> captured, List<ManifestProblem> problems, CancellationToken cancel)
    {
        var byComponent = new Dictionary<string, List<CapturedFile>>(StringComparer.Ordinal);
        var left = 0;
        foreach (var entry in captured.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            var owners = index.ComponentsOf(entry.Path);
            if (owners.Count == 0)
                continue;
            if (!contents.TryGet(entry.Path, out var content) && owners.Any(owner => owner.TellsFacts) && entry.Node is { Type: NodeType.File, Size: > 0 and <= HeldContent.LargestFile })
            {
                // Of what lies beyond the bound the bytes are in the vault, and the facts have to do without them.
                content = contents.Bytes + (long)entry.Node.Size > HeldContent.MostOfHost ? default : await SnapshotReader.ReadAsync(vault, entry, cancel);
                left += contents.Take(entry.Path, content) && !content.IsEmpty ? 0 : 1;
            }
            var file = entry.ToFile(content);
            foreach (var owner in owners)
                (byComponent.TryGetValue(owner.Name, out var files) ? files : byComponent[owner.Name] = []).Add(file);
        }
        if (left > 0)
            problems.Add(new("facts", $"this server has more than {HeldContent.MostOfHost >> 20} MiB of configuration: all of it is captured, and the facts were told without the content of {left} of its files"));
        return byComponent;
    }

    private async Task AddAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var pieces = await vault.PutContentAsync(content, cancel);
        entries[path] = new SnapshotEntry(path, OwnNode.File(path[(path.LastIndexOf('/') + 1)..], pieces, content.Length));
    }

    // What could not be read must be asked for again, so it is not remembered.
    private HostMemory Remember(
        FileListing listing, IReadOnlyList<ComponentOutput> tools, uint reader, List<ManifestProblem> problems)
    {
        var none = new Dictionary<string, StandingAnswer>();
        var troubled = problems.Select(problem => problem.Subject).ToHashSet(StringComparer.Ordinal);
        var settled = listing.Entries
            .Where(listed => !troubled.Contains(listed.Path) && entries.ContainsKey(listed.Path))
            .ToList();
        var fingerprints = new byte[settled.Count * 16];
        foreach (var (at, listed) in settled.Index())
            BinaryPrimitives.WriteUInt128BigEndian(fingerprints.AsSpan(at * 16), HostMemory.KeyOf(listed));
        return new HostMemory
        {
            Snapshot = "",
            Catalogue = index.Digest,
            Listing = settled.Count == listing.Entries.Count(listed => listed.Path != "/") ? listing.Digest : null,
            Owners = HostMemory.OwnersOf(listing),
            Tools = ToolsDigest.Of(tools, none),
            Standing = ToolsDigest.Standing(tools, none),
            ReaderUserId = reader,
            Fingerprints = fingerprints,
        };
    }
}
