namespace Relustre.Sites;

/// <summary>What to do about the host key of a server that is met for the first time. A changed key is always refused.</summary>
public enum HostKeyPolicy
{
    /// <summary>Remember it.</summary>
    AcceptNew,

    /// <summary>Refuse it: keys come into known_hosts by other ways.</summary>
    Strict,
}
