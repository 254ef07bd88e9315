namespace Relustre.Vault.Index;

/// <summary>What came of comparing the index with the packs that are there.</summary>
/// <param name="Lost">Packs that were not known to be lost before.</param>
/// <param name="IsWhole">No pack is lost, and none is there that no index names: then nothing that the index ever held can be missing.</param>
internal sealed record PackInventory(IReadOnlyList<LostPack> Lost, bool IsWhole);
