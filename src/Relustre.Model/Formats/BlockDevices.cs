namespace Relustre.Formats;

/// <summary>
/// What lsblk and blkid print. The kernel numbers disks in the order in which it finds them, so a disk goes by its WWN, serial or UUID, and
/// only what has a name of its own (a volume, a multipath map) by that.
/// </summary>
internal sealed class BlockDevices : Format
{
    private static readonly string[] Numbered = ["NAME", "KNAME", "PKNAME"];

    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.TrimmedLines
        where !line.IsComment
        let pairs = Formats.Pairs.In(line)
        let device = pairs.Last("NAME") ?? line.Words[0].TrimEnd(':')
        select new Setting(Key(device, pairs), string.Join(' ', pairs.Where(pair => !Numbered.Contains(pair.Key) && pair.Value.Length > 0).Select(pair => $"{pair.Key}={string.Join(' ', pair.Value.Words)}")));

    private static string Key(string device, IReadOnlyList<Setting> pairs)
    {
        var kind = pairs.Last("TYPE") is "disk" or "part" or "lvm" or "mpath" or "raid1" or "rom" or "crypt" ? pairs.Last("TYPE") + " " : "";
        return IsNumbered(device) && Identity(pairs) is { } identity ? kind + identity : kind + device;
    }

    // A partition's WWN is its disk's.
    private static string? Identity(IReadOnlyList<Setting> pairs) => pairs.Last("TYPE") == "part"
        ? pairs.Last("UUID") ?? pairs.Last("PARTUUID")
        : pairs.Last("WWN") ?? pairs.Last("SERIAL") ?? pairs.Last("UUID") ?? pairs.Last("PARTUUID");

    private static bool IsNumbered(string device) =>
        device.Split('/')[^1] is ['s', 'd', ..] or ['d', 'm', '-', ..] or ['n', 'v', 'm', 'e', ..] or ['v', 'd', ..] or ['m', 'd', ..];
}
