using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Whether a server's targets lie on ZFS, also while none of them is there.</summary>
internal static class ZfsUse
{
    public static IReadOnlyList<string> Facts { get; } = ["zfs", "pacemaker", "chroma-agent", "lustre"];

    public static bool IsOn(ServerView server) =>
        server.Fact<ZfsFacts>() is { Pools.Count: > 0 }
        || server.Fact<PacemakerFacts>()?.Resources.Any(resource => resource.Agent is "ocf:chroma:ZFS" or "ocf:heartbeat:ZFS") == true
        || server.Fact<ChromaAgentFacts>()?.Targets.Any(target => target.DeviceType == "zfs" || target.BackingStore == "zfs") == true
        || server.Fact<LustreFacts>()?.Ldev.Any(entry => entry.IsZfs) == true;
}
