namespace Relustre.Vault.Packs;

/// <summary>Where in a pack a blob lies; a plain length of 0 says that it is not compressed.</summary>
internal readonly record struct PackedBlob(BlobKind Kind, BlobId Id, uint Offset, uint Length, uint PlainLength)
{
    /// <summary>No blob of a sane vault is larger, and none larger is read into memory.</summary>
    public const uint MaxLength = 256 << 20;

    public uint ContentLength => PlainLength != 0 ? PlainLength : Length - Sealing.Sealer.Overhead;
}
