using Relustre.Audit;

namespace Relustre.Restore;

/// <summary>One server of a pair of which none is left: what it was, and as it is now.</summary>
public sealed record LostServer(StoredServer Wanted, StoredServer Found)
{
    public string Host => Wanted.Host;

    /// <summary>What somebody said of its cards.</summary>
    public IReadOnlyDictionary<string, string> Macs { get; init; } = new Dictionary<string, string>();

    /// <summary>Its cluster is formed when all of the pair are verified, so until then it stays out.</summary>
    internal RestoreWish Wish => new() { StaysOut = true, Macs = Macs };
}
