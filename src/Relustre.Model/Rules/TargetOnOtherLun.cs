using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>One name of a target's device, and two LUNs behind it.</summary>
internal sealed class TargetOnOtherLun() : PairRule("target-on-other-lun", "multipath", Risk.DataAtRisk)
{
    public override string Why => "a failover mounts what has the target's name there: another LUN, which may be in use";

    public override string Source => "IML's high availability specification: device names are the same on both servers; IML issue 2197 (a target's bdev may be /dev/mapper/mpathX)";

    public override string NextStep => "do not move targets; make the names agree by WWID (/etc/multipath/bindings, or aliases in multipath.conf) on the server that serves nothing";

    public override IReadOnlyList<string> Facts => ["multipath", "mount-points"];

    public override IEnumerable<Finding> Check(PairView pair)
    {
        var devices = pair.Servers.ToDictionary(server => server.Host, server => new SeenDevices(server));
        return from path in pair.Servers.SelectMany(server => server.Fact<MountPointsFacts>()?.Targets ?? []).Select(target => target.Device).OfType<string>().Distinct()
               from couple in pair.Couples
               let one = devices[couple.One.Host].Find(path)
               let other = devices[couple.Other.Host].Find(path)
               where one is not null && other is not null && AreOther(one, other)
               select Found(couple.One.Host, path, "the same LUN on both", $"{couple.One.Host}: {Told(one)}; {couple.Other.Host}: {Told(other)}");
    }

    private static bool AreOther(BlockDevice one, BlockDevice other) => (one, other) switch
    {
        ({ Wwid: not null }, { Wwid: not null }) => one.Wwid != other.Wwid,
        ({ Uuid: not null }, { Uuid: not null }) => one.Uuid != other.Uuid,
        ({ Label: not null }, { Label: not null }) => one.Label != other.Label,
        _ => false,
    };

    private static string Told(BlockDevice device) => string.Join(' ', new[] { device.Wwid ?? device.Uuid, device.Label }.OfType<string>());
}
