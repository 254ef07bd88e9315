using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Shows what findings look like in the files and answers that they are about. Of what holds a secret it only says that it differs.</summary>
internal sealed class TextChanges(CatalogueIndex index, StoredServer wanted, StoredServer found)
{
    // Beyond these a comparison of lines takes longer than anybody waits, and nobody reads it.
    private const ulong LargestText = 1 << 20;
    private const int MostLines = 20_000;
    private const int MostShown = 2_000;

    public async Task<IReadOnlyList<ChangedText>> OfAsync(IEnumerable<Finding> findings, CancellationToken cancel)
    {
        var texts = new List<ChangedText>();
        foreach (var (component, place) in findings.Select(finding => (finding.Component, new Setting(finding.Setting, "").Place)).Distinct())
            if (index.Catalogue.Components.FirstOrDefault(one => one.Name == component) is { } known && await ChangeAsync(known, place, cancel) is { } text)
                texts.Add(text);
        return texts;
    }

    private async Task<ChangedText?> ChangeAsync(Component component, string place, CancellationToken cancel)
    {
        var isTool = component.Sources.OfType<Source.Tool>().Any(tool => tool.Name == place);
        if (!isTool && !place.StartsWith('/'))
            return null;
        var path = isTool ? SnapshotLayout.Tool(component.Name, place) : place;
        var (was, now) = (await FileAsync(wanted, path, cancel), await FileAsync(found, path, cancel));
        if (was is null && now is null)
            return null;
        var text = new ChangedText(component.Name, place);
        if (Math.Max(was?.Node.Size ?? 0, now?.Node.Size ?? 0) > LargestText)
            return text with { Note = "(too large to be compared as text)" };
        return Between(text, component, await StateAsync(wanted, was, place, isTool, cancel), await StateAsync(found, now, place, isTool, cancel));
    }

    /// <summary>The same of states of one file or answer each; null: their bytes are alike.</summary>
    internal static ChangedText? Between(ChangedText text, Component component, ComponentState? was, ComponentState? now)
    {
        if (Bytes(was).Span.SequenceEqual(Bytes(now).Span))
            return null;
        if (ShownText.Of(component, was, now) is not var (before, after))
            return text with { Note = "(secret: contents differ)" };
        if (Bytes(was).Span.Contains((byte)0) || Bytes(now).Span.Contains((byte)0))
            return text with { Note = "(binary: contents differ)" };
        if (Math.Max(before.Count('\n'), after.Count('\n')) > MostLines)
            return text with { Note = "(too many lines to be compared as text)" };
        var lines = UnifiedDiff.Between(before, after);
        return text with
        {
            Lines = [.. lines.Take(MostShown)],
            Note = lines.Count > MostShown ? $"({lines.Count - MostShown} more lines)" : lines.Count == 0 ? "(only line ends or lines that are not shown differ)" : null,
        };
    }

    private static async Task<SnapshotEntry?> FileAsync(StoredServer server, string path, CancellationToken cancel) =>
        await server.Reader.FindAsync(path, cancel) is { Node.Type: NodeType.File } entry ? entry : null;

    private static async Task<ComponentState?> StateAsync(StoredServer server, SnapshotEntry? entry, string place, bool isTool, CancellationToken cancel)
    {
        if (entry is null)
            return null;
        var content = await server.Reader.ReadAsync(entry, cancel);
        return isTool
            ? new ComponentState([], [new ToolOutput(place, ToolOutcome.Answered) { Output = content }])
            : new ComponentState([entry.ToFile(content)], []);
    }

    private static ReadOnlyMemory<byte> Bytes(ComponentState? state) => state switch
    {
        null => default,
        { Files: [var file, ..] } => file.Content,
        _ => state.Tools[0].Output,
    };
}
