namespace Relustre.Vault;

/// <summary>How far a check has come.</summary>
/// <param name="Stage">What is looked at: "index", "packs", "trees" or "data".</param>
/// <param name="Total">As far as known; never below <paramref name="Done"/>.</param>
public readonly record struct CheckProgress(string Stage, long Done, long Total);
