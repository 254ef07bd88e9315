using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>One name in a snapshot, with the whole path that its tree does not tell.</summary>
public sealed record SnapshotEntry(string Path, TreeNode Node)
{
    public bool IsFolder => Node.Type == NodeType.Directory;
}
