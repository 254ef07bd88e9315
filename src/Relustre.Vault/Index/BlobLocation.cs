namespace Relustre.Vault.Index;

/// <summary>Where a blob rests, as 16 bytes: the index of a large vault is held in memory whole.</summary>
/// <param name="Pack">A number of <see cref="BlobIndex"/>, not an id.</param>
internal readonly record struct BlobLocation(int Pack, uint Offset, uint Length, uint PlainLength);
