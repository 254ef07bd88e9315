namespace Relustre.Formats;

/// <summary>
/// udev's links with where they point. The kernel's own numbers (sdb, dm-2) change from boot to boot, so a link's value is the
/// firmest name that the same device has.
/// </summary>
internal sealed class DeviceLinks : Format
{
    private static readonly string[] Firmest = ["dm-uuid-", "wwn-", "nvme-eui.", "nvme-uuid.", "scsi-", "ata-", "virtio-", "nvme-", "dm-name-", "md-uuid-", "lvm-pv-uuid-"];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var links = text.TrimmedLines.Select(line => (Line: line, At: line.LastIndexOf(' '))).Where(link => link.At > 0)
            .Select(link => (Name: link.Line[..link.At].TrimEnd(), Device: link.Line[(link.Line.LastIndexOf('/') + 1)..])).ToList();
        var names = links.GroupBy(link => link.Device)
            .ToDictionary(device => device.Key, device => device.Select(link => link.Name.Split('/')[^1]).OrderBy(Rank).ThenBy(name => name, StringComparer.Ordinal).First());
        return links.Select(link => new Setting(link.Name, names[link.Device]));
    }

    private static int Rank(string name) => Array.FindIndex(Firmest, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is >= 0 and var rank ? rank : Firmest.Length;
}
