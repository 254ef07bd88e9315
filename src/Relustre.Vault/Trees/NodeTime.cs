namespace Relustre.Vault;

/// <summary>A moment to the nanosecond, which .NET's own 100 ns ticks cannot hold.</summary>
/// <param name="Seconds">Since 1970-01-01T00:00:00Z; negative before.</param>
/// <param name="Nanoseconds">0 to 999,999,999, always counted forward.</param>
public readonly record struct NodeTime(long Seconds, int Nanoseconds);
