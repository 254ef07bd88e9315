namespace Relustre.Vault.Checking;

/// <summary>A listing to be checked, and how it was reached first: people look for files, not for hashes.</summary>
internal sealed record FoundTree(BlobId Id, string Snapshot, string Path)
{
    public string What => $"snapshot {Snapshot} {(Path.Length == 0 ? "/" : Path)}";
}
