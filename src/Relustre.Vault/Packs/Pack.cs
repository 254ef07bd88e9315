namespace Relustre.Vault.Packs;

/// <summary>One file of blobs and what lies where in it.</summary>
internal sealed record Pack(BlobId Id, IReadOnlyList<PackedBlob> Blobs);
