using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>The disk of a target: the name by which it is mounted, and the LUN that it is.</summary>
/// <param name="Target">For people.</param>
/// <param name="Device">As the cluster or the agent has it; of a pool its name.</param>
internal sealed record TargetDisk(string Target, string Device)
{
    /// <summary>Null: the backup does not know which LUN it was.</summary>
    public string? Wwid { get; init; }

    public bool IsPool => Device.Length > 0 && Device[0] != '/';

    /// <summary>What to ask a server for.</summary>
    public IEnumerable<string> Places => (IsPool, Wwid) switch
    {
        (true, _) => [$"pool:{Device}"],
        (_, null) => [Device],
        // A kernel's name (/dev/sda, /dev/dm-0) is another one after every boot.
        _ when Device.LastIndexOf('/') == "/dev".Length => [$"id:{Wwid}"],
        _ => [Device, $"id:{Wwid}"],
    };

    /// <summary>Of all that a server's backup tells about its targets: the agent's store, the CIB, ldev.conf, and what was mounted.</summary>
    /// <param name="host">The server, as ldev.conf may call it.</param>
    public static IReadOnlyList<TargetDisk> Of(MultipathFacts? multipath, string host, IEnumerable<ComponentFacts> wanted)
    {
        var facts = wanted.ToList();
        var foreign = facts.OfType<LustreFacts>().SelectMany(lustre => lustre.Ldev).Where(entry => !Is(entry.Local, host) && !Is(entry.Foreign, host)).Select(entry => entry.Device).ToHashSet();
        return
        [
            .. from mount in TargetMounts.Of(facts)
               let path = mount.Device ?? ""
               where path.Length > 0 && !(mount.From == "ldev" && foreign.Contains(path))
               let device = path[0] == '/' ? path : path.Split('/')[0]
               group mount by device into named
               let target = named.Select(NameOf).OfType<string>().OrderBy(name => Guid.TryParse(name, out _)).FirstOrDefault() ?? named.Key
               orderby target
               select new TargetDisk(target, named.Key) { Wwid = WwidOf(named.Key, multipath) },
        ];
    }

    /// <summary>What is wrong with it; null: it is there, and is the right one.</summary>
    /// <param name="at">Where a place leads on the server; a hyphen: nowhere.</param>
    public string? Trouble(Func<string, string> at)
    {
        var places = Places.Select(at).ToList();
        return places switch
        {
            [var pool] when IsPool => pool == "-" ? $"pool {Device} of {Target} is not to be seen" : null,
            ["-"] when Wwid is null => $"{Device} of {Target} is not there",
            [.., "-"] => $"the disk of {Target} (WWID {Wwid}) is not visible: look at zoning, masking and cables",
            ["-", _] => $"{Device} of {Target} is not there, though its disk is: restore multipath's bindings, then 'multipath -r'",
            [var named, var real] when named != real => $"{Device} is another disk than that of {Target} (WWID {Wwid}): restore multipath's bindings, then 'multipath -r'",
            _ => null,
        };
    }

    // An older agent calls targets by their UUIDs; their folders are called as people call them.
    private static string? NameOf(TargetMount mount) => Guid.TryParse(mount.Target, out _) ? mount.MountPoint?.Split('/')[^1] ?? mount.Target : mount.Target;

    private static string? WwidOf(string device, MultipathFacts? multipath)
    {
        const string mapper = "/dev/mapper/";
        const string byId = "/dev/disk/by-id/";
        var name = device.StartsWith(mapper, StringComparison.Ordinal) ? device[mapper.Length..] : null;
        var id = device.StartsWith(byId, StringComparison.Ordinal) ? device[byId.Length..] : null;
        var seen = multipath?.Devices.FirstOrDefault(disk => device == $"/dev/{disk.Kernel}" || (name is not null && disk.Names.Contains(name)) || (id is not null && disk.Ids.Contains(id)));
        return seen?.Wwid ?? multipath?.Aliases.FirstOrDefault(alias => alias.Alias == name)?.Wwid;
    }

    private static bool Is(string? name, string host) =>
        name is not null && name.Split('.')[0].Equals(host.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}
