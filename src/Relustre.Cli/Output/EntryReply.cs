using System.Globalization;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Output;

/// <summary>One name in a snapshot, for programs; <c>ls --json</c> prints one on each line.</summary>
internal sealed record EntryReply(string Path, string Type, string Mode)
{
    public string? PathBase64 { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public string? User { get; init; }

    public string? Group { get; init; }

    public ulong? Size { get; init; }

    /// <summary>With all nine digits of the fraction, which most readers of JSON times cut off.</summary>
    public required string Modified { get; init; }

    public string? LinkTarget { get; init; }

    public string? LinkTargetBase64 { get; init; }

    public ulong? Links { get; init; }

    public IReadOnlyList<string>? Attributes { get; init; }

    public static EntryReply Of(SnapshotEntry entry)
    {
        var node = entry.Node;
        var target = node is { Type: NodeType.Symlink, LinkTarget: { } bytes } ? UnixPath.Decode(bytes.Span) : null;
        return new(JsonText.Text(entry.Path), TypeOf(node.Type), Convert.ToString(node.UnixMode, toBase: 8).PadLeft(4, '0'))
        {
            PathBase64 = JsonText.Base64(entry.Path),
            UserId = node.UserId,
            GroupId = node.GroupId,
            User = node.User is { Length: > 0 } user ? user : null,
            Group = node.Group is { Length: > 0 } group ? group : null,
            Size = node.Type == NodeType.File ? node.Size : null,
            Modified = Iso(node.Modified),
            LinkTarget = target is null ? null : JsonText.Text(target),
            LinkTargetBase64 = target is null ? null : JsonText.Base64(target),
            Links = node.Links > 1 ? node.Links : null,
            Attributes = node.Attributes.Count > 0 ? [.. node.Attributes.Select(attribute => attribute.Name)] : null,
        };
    }

    /// <summary>The time as ISO 8601; where .NET's calendar ends, the seconds since 1970.</summary>
    public static string Iso(NodeTime time) => time.Seconds is < -62135596800 or > 253402300799
        ? $"{time.Seconds}.{time.Nanoseconds:000000000}"
        : DateTimeOffset.FromUnixTimeSeconds(time.Seconds).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
            + $".{time.Nanoseconds:000000000}Z";

    private static string TypeOf(NodeType type) => type switch
    {
        NodeType.File => "file",
        NodeType.Directory => "folder",
        NodeType.Symlink => "symlink",
        NodeType.Fifo => "fifo",
        NodeType.BlockDevice => "blockDevice",
        NodeType.CharacterDevice => "characterDevice",
        _ => "socket",
    };
}
