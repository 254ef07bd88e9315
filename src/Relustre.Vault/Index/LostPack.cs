namespace Relustre.Vault.Index;

/// <summary>A pack that the index names and that is not there as it was written.</summary>
/// <param name="Size">What it has; null: it is gone.</param>
internal sealed record LostPack(BlobId Id, long? Size, long Expected)
{
    public string Problem => Size is { } size ? $"it has {size} bytes where the index says {Expected}" : "it is gone";
}
