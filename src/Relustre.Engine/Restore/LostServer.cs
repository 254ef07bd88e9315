using Relustre.Audit;

namespace Relustre.Restore;

/// <summary>One server of a pair of which none is left: what it was, and as it is now.</summary>
public sealed record LostServer(StoredServer Wanted, StoredServer Found)
{
    public string Host => Wanted.Host;
}
