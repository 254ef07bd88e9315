namespace Relustre.Vault;

/// <summary>What a vault may be told from outside: the price of a guess at its password, who we are, and the clock.</summary>
public sealed record VaultOptions
{
    /// <summary>The work factor of new keys, a power of two. Passwords of ours are random; this guards those of people.</summary>
    public int ScryptN { get; init; } = 32768;

    public int ScryptR { get; init; } = 8;

    public int ScryptP { get; init; } = 1;

    /// <summary>
    /// Who holds our locks: stale locks of the same instance are removed. Two machines must never share a name.
    /// </summary>
    public string Instance { get; init; } = Environment.MachineName;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
