namespace Relustre.Sites;

/// <summary>One server as site.yaml has it, with the site's defaults filled in.</summary>
public sealed record HostEntry(string Name)
{
    /// <summary>This machine, which needs no SSH and no entry.</summary>
    public const string Local = "localhost";

    /// <summary>What ssh is told; null: the name.</summary>
    public string? Address { get; init; }

    public string? User { get; init; }

    public int? Port { get; init; }

    /// <summary>A file tree on this machine instead of a running server; null: a running server.</summary>
    public string? Root { get; init; }

    public bool Sudo { get; init; }

    /// <summary>A private key's file; null: whatever ssh finds.</summary>
    public string? Identity { get; init; }

    /// <summary>Further <c>-o</c> options for ssh.</summary>
    public IReadOnlyList<string> SshOptions { get; init; } = [];

    /// <summary>The servers of one Pacemaker cluster share this name; null: it stands alone.</summary>
    public string? Pair { get; init; }

    /// <summary>Whether its host keys and root's keys are backed up too (sealed).</summary>
    public bool SshKeys { get; init; } = true;

    public bool IsLocal => Root is null && Address is null && Name == Local;
}
