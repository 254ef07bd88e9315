namespace Relustre.Sites;

/// <summary>What a site.yaml says. Paths are as written; <see cref="Site"/> knows where they lead.</summary>
public sealed record SiteFile
{
    public const string Name = "site.yaml";

    public string Vault { get; init; } = "vault";

    public string? PasswordFile { get; init; }

    public string? PasswordCommand { get; init; }

    public IReadOnlyList<HostEntry> Hosts { get; init; } = [];

    /// <summary>The site's own paths, which are backed up on every server.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>How many servers are read at once.</summary>
    public int Parallel { get; init; } = 16;

    public SiteLimits Limits { get; init; } = new();

    public HostKeyPolicy HostKeys { get; init; }

    /// <summary>The site's own known_hosts; null: ssh's.</summary>
    public string? KnownHosts { get; init; }
}
