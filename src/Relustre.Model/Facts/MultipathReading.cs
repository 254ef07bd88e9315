using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Tells from multipath's files and udev's links which device is which LUN.</summary>
internal static class MultipathReading
{
    private static readonly string[] identifiers = ["dm-uuid-mpath-", "scsi-3", "wwn-0x", "nvme-eui.", "nvme-uuid.", "scsi-"];

    public static MultipathFacts? Facts(ComponentState state)
    {
        var facts = new MultipathFacts
        {
            Aliases = [.. Configured(state), .. Bound(state)],
            Wwids = [.. Lines(state.Text("/etc/multipath/wwids")).Where(line => line[0] == '/').Select(line => line.Trim('/')).Order(StringComparer.Ordinal)],
            Devices = Devices(state.Said("devices.txt")),
        };
        return facts is { Aliases: [], Wwids: [], Devices: [] } ? null : facts;
    }

    private static IEnumerable<string> Lines(string? text) =>
        text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#') ?? [];

    private static IEnumerable<MultipathAlias> Configured(ComponentState state) =>
        from file in state.Files
        where file.Path == "/etc/multipath.conf" || file.Path.StartsWith("/etc/multipath/conf.d/", StringComparison.Ordinal)
        from list in Braces.Parse(file.Text).Named("multipaths")
        from map in list.Named("multipath")
        where map.Value("alias") is not null && map.Value("wwid") is not null
        select new MultipathAlias(map.Value("alias")!, map.Value("wwid")!); // both seen in the line above

    private static IEnumerable<MultipathAlias> Bound(ComponentState state) =>
        from line in Lines(state.Text("/etc/multipath/bindings", "/var/lib/multipath/bindings"))
        let words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        where words.Length >= 2
        select new MultipathAlias(words[0], words[1]);

    private static BlockDevice[] Devices(string? links) =>
    [
        .. from line in Lines(links)
           let space = line.LastIndexOf(' ')
           where space > 0 && !line.StartsWith("/dev/disk/by-path/", StringComparison.Ordinal)
           let link = line[..space]
           group link by line[(line.LastIndexOf('/') + 1)..] into device
           let names = device.ToArray()
           orderby device.Key
           select new BlockDevice
           {
               Kernel = device.Key,
               Names = [.. Below(names, "/dev/mapper/").Select(Unescaped)],
               Ids = [.. Below(names, "/dev/disk/by-id/").Select(Unescaped)],
               Wwid = Wwid(names),
               Label = Below(names, "/dev/disk/by-label/").Select(Unescaped).FirstOrDefault(),
               Uuid = Below(names, "/dev/disk/by-uuid/").FirstOrDefault(),
           },
    ];

    // multipath's own name for the LUN first; then udev's, with "scsi-" as the kernel's id has no prefix.
    private static string? Wwid(string[] links) =>
        identifiers.SelectMany(kind => Below(links, $"/dev/disk/by-id/{kind}").Select(rest => kind == "scsi-3" ? $"3{rest}" : rest))
            .FirstOrDefault();

    private static IEnumerable<string> Below(string[] links, string folder) =>
        links.Where(link => link.StartsWith(folder, StringComparison.Ordinal)).Select(link => link[folder.Length..]);

    // udev writes a blank or a slash of a label as \x20, \x2f.
    private static string Unescaped(string name) =>
        name.Replace(@"\x20", " ", StringComparison.Ordinal).Replace(@"\x2f", "/", StringComparison.Ordinal);
}
