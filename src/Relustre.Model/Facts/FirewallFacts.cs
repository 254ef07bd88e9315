namespace Relustre.Facts;

/// <summary>What may reach the server.</summary>
public sealed record FirewallFacts : ComponentFacts
{
    /// <summary>firewalld's.</summary>
    public string? DefaultZone { get; init; }

    /// <summary>Ports that firewalld's zones, iptables, nftables or ufw accept, such as "988/tcp"; a range is "5000-5010/udp".</summary>
    public required IReadOnlyList<string> OpenPorts { get; init; }

    /// <summary>firewalld's services that any zone lets in.</summary>
    public required IReadOnlyList<string> OpenServices { get; init; }

    /// <summary>Rules of IPv4 that the next boot brings; null: no such file.</summary>
    public int? SavedRules { get; init; }

    /// <summary>Rules of IPv4 that hold now; null: not known.</summary>
    public int? LiveRules { get; init; }
}
