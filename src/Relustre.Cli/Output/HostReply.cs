using Relustre.Sites;

namespace Relustre.Cli.Output;

/// <summary>A server, for programs.</summary>
internal sealed record HostReply(string Name)
{
    public string? Pair { get; init; }

    public string? Address { get; init; }

    public string? User { get; init; }

    public int? Port { get; init; }

    public string? Root { get; init; }

    public bool Sudo { get; init; }

    public string? Identity { get; init; }

    public IReadOnlyList<string>? SshOptions { get; init; }

    public bool SshKeys { get; init; }

    public static HostReply Of(HostEntry host) => new(host.Name)
    {
        Pair = host.Pair,
        Address = host.Address,
        User = host.User,
        Port = host.Port,
        Root = host.Root,
        Sudo = host.Sudo,
        Identity = host.Identity,
        SshOptions = host.SshOptions.Count > 0 ? host.SshOptions : null,
        SshKeys = host.SshKeys,
    };
}
