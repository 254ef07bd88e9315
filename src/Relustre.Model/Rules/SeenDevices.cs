using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Which device a name means on one server.</summary>
internal sealed class SeenDevices
{
    private readonly Dictionary<string, BlockDevice> byPath = [];
    private readonly Dictionary<string, string> bound = [];
    private readonly ILookup<string, string> namesByLun;
    private readonly bool hasIds;

    public SeenDevices(ServerView server)
    {
        var facts = server.Fact<MultipathFacts>();
        foreach (var device in facts?.Devices ?? [])
            foreach (var path in Paths(device))
                byPath.TryAdd(path, device);
        foreach (var alias in facts?.Aliases ?? [])
            bound.TryAdd($"/dev/mapper/{alias.Alias}", alias.Wwid);
        namesByLun = (facts?.Devices ?? []).SelectMany(device => device.Names.Select(name => (device.Wwid, name))).ToLookup(pair => pair.Wwid ?? "", pair => pair.name);
        hasIds = facts?.Devices.Any(device => device.Ids.Count > 0) == true;
    }

    /// <summary>Whether there is a device of that name; null: nobody here can tell (no device was listed, or it is a ZFS dataset).</summary>
    public bool? Has(string path) => byPath.Count == 0 ? null : byPath.ContainsKey(path) ? true : path.Split('/') switch
    {
        ["", "dev", "mapper", _] or ["", "dev", "disk", "by-label" or "by-uuid", _] => false,
        ["", "dev", "disk", "by-id", _] when hasIds => false,
        _ => null,
    };

    /// <summary>The device of that name; null: none, or nobody can tell.</summary>
    public BlockDevice? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>The LUN that multipath gives this name to; null: it has no such name.</summary>
    public string? Bound(string path) => bound.GetValueOrDefault(path);

    /// <summary>The names under which a LUN is there.</summary>
    public IEnumerable<string> NamesOf(string wwid) => namesByLun[wwid];

    private static IEnumerable<string> Paths(BlockDevice device) =>
    [
        .. device.Names.Select(name => $"/dev/mapper/{name}"),
        .. device.Ids.Select(id => $"/dev/disk/by-id/{id}"),
        .. device.Label is { } label ? [$"/dev/disk/by-label/{label}"] : Array.Empty<string>(),
        .. device.Uuid is { } uuid ? [$"/dev/disk/by-uuid/{uuid}"] : Array.Empty<string>(),
        $"/dev/{device.Kernel}",
    ];
}
