namespace Relustre.Capture;

/// <summary>What a collector says of itself and its server before anything else.</summary>
public sealed record HostGreeting
{
    /// <summary>The server's clock when the capture began.</summary>
    public required UnixTime Clock { get; init; }

    /// <summary>Whom it runs as: 0 is root, everybody else sees less.</summary>
    public required uint UserId { get; init; }

    /// <summary>The server's <c>uname -a</c>; empty for a file tree.</summary>
    public string System { get; init; } = "";

    /// <summary>Where the tools' output lies until it is sent: a file system's type such as <c>tmpfs</c>.</summary>
    public string Scratch { get; init; } = "";

    /// <summary>The collector is one that was installed on the server, of another version than ours.</summary>
    public bool IsOtherVersion { get; init; }
}
