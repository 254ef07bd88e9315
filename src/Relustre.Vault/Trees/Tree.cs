using Relustre.Vault.Trees;

namespace Relustre.Vault;

/// <summary>A folder's listing.</summary>
public sealed record Tree(IReadOnlyList<TreeNode> Nodes)
{
    public static Tree Empty { get; } = new([]);

    /// <summary>The bytes that are stored, sorted by raw name.</summary>
    /// <exception cref="ArgumentException">Two nodes of one name, or a name that no file can have.</exception>
    public byte[] Encode() => TreeEncoder.Encode(this);
}
