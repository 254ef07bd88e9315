using System.Globalization;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>What stands at one path, for people, and what changed in it; of what is secret neither content nor digest.</summary>
internal sealed class PathView(BlobVault vault, CatalogueIndex index, string path)
{
    // A text beyond it is not looked through for marks and settings.
    private const int Largest = 4 << 20;

    // What Chroma's agent and IML after it write beside their own lines.
    private static readonly string[] Marks = ["IML_EDIT", "chroma-agent", "Chroma"];

    public Component? Component { get; } = index.ComponentsOf(path) is [var first, ..] ? first : null;

    public bool IsSecret { get; } = index.ComponentsOf(path).SelectMany(component => component.Sources.OfType<Source.Files>())
        .Any(source => source.IsSecret && PathPattern.Matches(source, path))
        || index.Catalogue.Components.Any(component => component.Sources.OfType<Source.Tool>()
            .Any(tool => tool.IsSecret && SnapshotLayout.Tool(component.Name, tool.Name) == path));

    public string? Shown(TreeNode? node) => node is null ? null : string.Create(CultureInfo.InvariantCulture,
        $"{Kind(node)} {Convert.ToString(node.UnixMode, toBase: 8).PadLeft(4, '0')} {Owner(node.User, node.UserId)}:{Owner(node.Group, node.GroupId)}{Content(node)}");

    /// <summary>The same value with what changed in it since the one before.</summary>
    public async Task<BlamedValue> ChangedAsync(BlamedValue value, TreeNode? was, TreeNode? now, CancellationToken cancel)
    {
        if (was?.Type is not (null or NodeType.File) || now?.Type is not NodeType.File || now.Size > Largest || was?.Size > Largest)
            return value;
        var (before, after) = (await FileAsync(was, cancel), (await FileAsync(now, cancel))!); // There is one now.
        return value with
        {
            Changes = before is null || Component is null ? [] : Component.Compare(new ComponentState([before], []), new ComponentState([after], [])),
            IsMarkedByIml = MarkedLines(after).Except(before is null ? [] : MarkedLines(before)).Any(),
        };
    }

    private async Task<CapturedFile?> FileAsync(TreeNode? node, CancellationToken cancel)
    {
        if (node is null)
            return null;
        using var content = new MemoryStream();
        foreach (var piece in node.Content)
            content.Write(await vault.GetAsync(BlobKind.Data, piece, cancel));
        return new SnapshotEntry(path, node).ToFile(content.ToArray());
    }

    private static IEnumerable<string> MarkedLines(CapturedFile file) =>
        file.Text.Split('\n').Where(line => Marks.Any(mark => line.Contains(mark, StringComparison.Ordinal)));

    private string Content(TreeNode node) => node switch
    {
        { Type: NodeType.Symlink, LinkTarget: { } target } => $" -> {UnixPath.Decode(target.Span)}",
        { Type: NodeType.File } when IsSecret || node.Content.Count == 0 => $" {node.Size} bytes",
        // The beginning of a digest tells two contents of one size apart.
        { Type: NodeType.File } => $" {node.Size} bytes ({BlobId.Of([.. node.Content.SelectMany(Bytes)]).Short})",
        _ => "",
    };

    private static byte[] Bytes(BlobId id)
    {
        var bytes = new byte[BlobId.Size];
        id.CopyTo(bytes);
        return bytes;
    }

    private static string Owner(string name, uint id) => name.Length > 0 ? name : id.ToString(CultureInfo.InvariantCulture);

    private static string Kind(TreeNode node) => node.Type switch
    {
        NodeType.File => "file",
        NodeType.Directory => "folder",
        NodeType.Symlink => "symlink",
        NodeType.Fifo => "fifo",
        NodeType.BlockDevice => "block device",
        NodeType.CharacterDevice => "character device",
        _ => "socket",
    };
}
