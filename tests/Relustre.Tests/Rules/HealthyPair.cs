using System.Text;
using Relustre.Facts;
using Relustre.Rules;

namespace Relustre.Tests.Rules;

/// <summary>A pair of IML 4.0 as it should be, made of recordings and of what is each server's own. Tests break one thing of it.</summary>
internal static class HealthyPair
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 23, 0, 0, TimeSpan.Zero);

    private static readonly string[] recorded = ["chroma-agent", "corosync", "lnet", "pacemaker"];

    private static readonly string[] hosts = ["mds1", "mds2"];

    public static PairView Pair { get; } = new("mds", [.. hosts.Select(Server)]);

    public static ServerView Server(string host)
    {
        var states = recorded.ToDictionary(name => name, name => RecordedHost.Open($"{name}/iml-4.0-el7").State);
        states["corosync"] = states["corosync"] with { Files = [.. states["corosync"].Files, Key("/etc/corosync/authkey")] };
        var facts = recorded.ToDictionary(name => name, name => RecordedHost.Open($"{name}/iml-4.0-el7").Component.Facts(states[name])!);
        foreach (var (name, own) in Own(hosts.IndexOf(host) + 1))
            facts[name] = own;
        facts["mount-points"] = new MountPointsFacts { Targets = TargetMounts.Of(facts.Values) };
        facts["pacemaker"] = Assert.IsType<PacemakerFacts>(facts["pacemaker"]) with { PcsdPeers = ["mds1.lfs.example", "mds2.lfs.example"] };
        var server = new ServerView(host, Now) { Facts = facts, States = states, ClockOffset = 0.1, Partners = [.. hosts.Where(other => other != host)] };
        return server with { Backup = server with { CapturedAt = Now.AddHours(-1), ClockOffset = null } };
    }

    public static CapturedFile Key(string path, string content = "S3CRET key of the pair") =>
        new() { Path = path, Kind = FileKind.File, Mode = 0x100, Content = Encoding.UTF8.GetBytes(content) };

    private static IEnumerable<(string, ComponentFacts)> Own(int number) =>
    [
        ("system", new SystemFacts { HostName = $"mds{number}.lfs.example", HostId = $"0a0b0c0{number}", HostIdIsFixed = true, EnterpriseLinux = 7, Kernel = "3.10.0-957.10.1.el7_lustre.x86_64" }),
        ("network", new NetworkFacts
        {
            Interfaces =
            [
                new() { Name = "eth0", Addresses = [$"10.128.0.2{number}/24"], Mac = $"52:54:00:00:00:0{number}" },
                new() { Name = "eth1", Addresses = [$"10.73.10.2{number}/24"] },
            ],
            Routes = [],
            Profiles = [],
        }),
        ("name-resolution", new NameResolutionFacts
        {
            Servers = [],
            SearchDomains = [],
            HostsOrder = ["files"],
            Hosts = [new("10.128.0.21", ["mds1.lfs.example", "mds1"]), new("10.128.0.22", ["mds2.lfs.example", "mds2"]), new("10.128.0.2", ["adm"])],
        }),
        ("services", new ServicesFacts { Units = [new("corosync.service", "enabled", null), new("pacemaker.service", "enabled", null)], SysV = [], Xinetd = [], Masked = [], DropIns = [], LocalUnits = [] }),
        ("file-system-layout", new FileSystemLayoutFacts { FileSystems = [new("/dev/sda1", "/", "xfs", "defaults")], Disks = [], Partitions = [], PhysicalVolumes = [], VolumeGroups = [], LogicalVolumes = [], Raids = [] }),
        ("packages", new PackagesFacts { Packages = [Package("lustre", "2.10.7"), Package("pacemaker", "1.1.16"), Package("pcs", "0.9.158"), Package("bash", $"4.2.{number}")], ModuleStreams = [] }),
        ("identity", new IdentityFacts
        {
            Users =
            [
                new() { Name = "hacluster", Id = 189, GroupId = 189, Home = "/", Shell = "/sbin/nologin" },
                new() { Name = "chrony", Id = (uint)(990 + number), GroupId = 990, Home = "/", Shell = "/sbin/nologin" },
                new() { Name = "alice", Id = 1500, GroupId = 1500, Home = "/home/alice", Shell = "/bin/bash" },
            ],
            Groups = [new("haclient", 189, []), new("alice", 1500, ["alice"])],
            Directories = [],
        }),
        ("time-sync", new TimeSyncFacts { Servers = [new("ntp", "server", "adm", "iburst"), new("ntp", "peer", $"mds{3 - number}", "")] }),
        ("multipath", new MultipathFacts
        {
            Aliases = [new("mpatha", "3600a01"), new("mpathb", "3600a02"), new("mpathc", $"3600b0{number}")],
            Devices = [Device("dm-0", "mpatha", "3600a01", "MGS"), Device($"dm-{number}", "mpathb", "3600a02", "demo-MDT0000"), Device("dm-5", "mpathc", $"3600b0{number}", null)],
        }),
    ];

    public static BlockDevice Device(string kernel, string name, string wwid, string? label) =>
        new() { Kernel = kernel, Names = [name], Ids = [$"dm-uuid-mpath-{wwid}"], Wwid = wwid, Label = label };

    public static PackagesFacts.Package Package(string name, string version) => new() { Name = name, Epoch = "0", Version = version, Release = "1.el7", Arch = "x86_64" };
}
