namespace Relustre.Vault;

/// <summary>What a blob holds: a piece of a file's content, or a folder's listing.</summary>
public enum BlobKind
{
    Data,
    Tree,
}
