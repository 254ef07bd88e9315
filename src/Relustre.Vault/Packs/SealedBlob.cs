namespace Relustre.Vault.Packs;

/// <summary>A blob ready for a pack; a plain length of 0 says that it is not compressed.</summary>
internal sealed record SealedBlob(BlobKind Kind, BlobId Id, byte[] Bytes, uint PlainLength);
