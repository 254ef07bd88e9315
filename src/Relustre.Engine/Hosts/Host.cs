namespace Relustre.Hosts;

/// <summary>A server we reach: over SSH, this very machine, or a file tree on it.</summary>
public sealed record Host(string Name)
{
    /// <summary>The name that means the machine we run on, which needs no SSH.</summary>
    public const string Localhost = "localhost";

    /// <summary>What ssh is given; by default the name, so that ~/.ssh/config applies.</summary>
    public string Address { get; init => field = Checked(value); } = Checked(Name);

    /// <summary>Null: what ssh's own configuration says.</summary>
    public string? User { get; init => field = value is null ? null : Checked(value); }

    /// <summary>Null: what ssh's own configuration says.</summary>
    public int? Port { get; init; }

    /// <summary>A folder on this machine that is read in place of a live server: an image, a chroot, a diskless node's tree.</summary>
    public string? Root { get; init; }

    /// <summary>The login user is not root, and may run the collector by <c>sudo -n</c>.</summary>
    public bool UseSudo { get; init; }

    /// <summary>The private key to log in with, and no other; null: what ssh finds by itself.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Null: the user's own known_hosts.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>Asked before <see cref="KnownHostsFile"/>, and what is new is noted there: a server that is rebuilt changes its keys twice.</summary>
    public string? OwnKnownHostsFile { get; init; }

    public HostKeyTrust HostKeyTrust { get; init; }

    /// <summary>The socket of a connection that is already open (ControlMaster); we never leave one behind ourselves.</summary>
    public string? ControlPath { get; init; }

    /// <summary>Further options as <c>ssh -o</c> takes them (<c>HostKeyAlgorithms=+ssh-rsa</c> for EL6); they win over ours.</summary>
    public IReadOnlyList<string> SshOptions { get; init; } = [];

    public bool IsLocal => Root is not null || Name == Localhost;

    // A name that starts with a hyphen would be an option to ssh; control characters and spaces are never part of one.
    private static string Checked(string word) => word.Length > 0 && word[0] != '-' && !word.Any(c => c <= ' ' || c == 0x7F)
        ? word
        : throw new ArgumentException($"'{Harmless.Text(word)}' is no name of a host or user", nameof(word));
}
