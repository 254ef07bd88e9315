namespace Relustre.Facts;

/// <summary>
/// Every target with its device and its folder. No single place has them all: IML up to 4.0 keeps them in its own store, later ones
/// and pairs without IML in the CIB, others in ldev.conf or fstab. They may disagree, so each says where it comes from.
/// </summary>
public static class TargetMounts
{
    /// <summary>What <paramref name="facts"/> of one server's components tell together.</summary>
    public static IReadOnlyList<TargetMount> Of(IEnumerable<ComponentFacts> facts) => [.. facts.SelectMany(Told)];

    /// <summary>Every folder that must be there before the cluster starts.</summary>
    public static IReadOnlyList<string> Folders(IEnumerable<TargetMount> mounts) =>
        [.. mounts.Select(mount => mount.MountPoint).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<TargetMount> Told(ComponentFacts facts) => facts switch
    {
        ChromaAgentFacts agent => agent.Targets.Select(target => new TargetMount
        {
            From = "agent",
            Target = target.TargetName ?? target.Uuid,
            Device = target.Device,
            MountPoint = target.MountPoint,
        }),
        PacemakerFacts cluster => cluster.Resources.Select(Mounted).OfType<TargetMount>(),
        LustreFacts lustre => [.. lustre.Ldev.Select(Listed), .. lustre.Mounts.Where(mount => mount.Target is not null || IsLocal(mount.Device)).Select(Found)],
        FileSystemLayoutFacts layout => layout.FileSystems.Where(IsTarget).Select(Listed),
        _ => [],
    };

    private static TargetMount? Mounted(ClusterResource resource) => resource.Agent switch
    {
        "ocf:lustre:Lustre" => Of(resource, "target", "mountpoint"),
        "ocf:ddn:lustre-server" => Of(resource, "device", "directory"),
        "ocf:heartbeat:Filesystem" when resource.Parameters.GetValueOrDefault("fstype") is "lustre" or "lustre_tgt" => Of(resource, "device", "directory"),
        _ => null,
    };

    private static TargetMount Of(ClusterResource resource, string device, string folder) => new()
    {
        From = "cib",
        Target = resource.Id,
        Device = resource.Parameters.GetValueOrDefault(device),
        MountPoint = resource.Parameters.GetValueOrDefault(folder),
    };

    private static TargetMount Listed(LdevEntry entry) => new() { From = "ldev", Target = entry.Label, Device = entry.Device };

    private static TargetMount Found(LustreMount mount) =>
        new() { From = "mounted", Target = mount.Target, Device = mount.Device, MountPoint = mount.MountPoint };

    // A client mounts "10.0.0.1@tcp:/fs", a server a device or a dataset.
    private static bool IsLocal(string device) => !device.Contains(":/", StringComparison.Ordinal);

    private static bool IsTarget(FileSystemLayoutFacts.FileSystem system) => system.Type is "lustre" or "lustre_tgt" && IsLocal(system.Device);

    private static TargetMount Listed(FileSystemLayoutFacts.FileSystem system) =>
        new() { From = "fstab", Device = system.Device, MountPoint = system.MountPoint };
}
