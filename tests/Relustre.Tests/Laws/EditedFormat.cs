namespace Relustre.Tests.Laws;

/// <summary>How entries that mean nothing are written in a format, and by which keys its settings are then found.</summary>
/// <param name="Write">One entry, at its place in the text; with a line end.</param>
/// <param name="Keys">The keys of the settings that its values are, in their order, then of the others that it makes.</param>
internal sealed record EditedFormat(Func<Entry, int, string> Write, Func<Entry, int, string[]> Keys)
{
    public string Head { get; init; } = "";

    public string Foot { get; init; } = "";

    /// <summary>How many of an entry's values stand in it.</summary>
    public int Values { get; init; } = 1;

    /// <summary>The first that counts comes first: another order is a difference.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Entries go by their number, so only the last one can go alone.</summary>
    public bool IsNumbered { get; init; }

    public bool HasComments { get; init; } = true;

    /// <summary>How a value is told; null: only that it is another one.</summary>
    public Func<int, string>? Shown { get; init; } = value => $"v{value}";

    /// <summary>Every format that has no grammar of blocks (those are in <see cref="StructureLaws"/>) and is no language of its own.</summary>
    public static IReadOnlyDictionary<string, EditedFormat> All { get; } = new Dictionary<string, EditedFormat>
    {
        ["Anacron"] = Line(entry => $"7 v{entry[0]} {entry.Name} run", name => name),
        ["Assignments"] = Line(entry => $"{entry.Name}=v{entry[0]}", name => name),
        // The kernel's letters and numbers go by the place.
        ["BlockDevices"] = new((entry, at) => $"NAME=\"sd{(char)('a' + at)}\" TYPE=\"disk\" SIZE=\"v{entry[0]}\" SERIAL=\"{entry.Name}\"\n", (entry, _) => [$"disk {entry.Name}"]),
        ["BootKernels"] = new(
            (entry, at) => $"index={at}\nkernel=\"/boot/{entry.Name}\"\nargs=\"ro v{entry[0]}\"\ninitrd=\"/boot/v{entry[1]}\"\n",
            (entry, _) => [$"/boot/{entry.Name} args", $"/boot/{entry.Name} initrd", $"/boot/{entry.Name}"])
        {
            Values = 2,
        },
        ["Chkconfig"] = Line(entry => $"{entry.Name}\t0:off\t3:{(entry[0] % 2 == 0 ? "off" : "on")}", name => name) with { HasComments = false, Shown = value => value % 2 == 0 ? "off" : "3" },
        ["ClusterNodes"] = Line(entry => $"v{entry[0]} {entry.Name} member", name => name),
        ["Cmap"] = Line(entry => $"totem.{entry.Name} (u32) = v{entry[0]}", name => $"totem.{name}") with { HasComments = false },
        ["Colons"] = Line(entry => $"{entry.Name}:x:100:100::/home/v{entry[0]}:/bin/sh", name => name),
        ["Crontab"] = Line(entry => $"{entry[0]} 1 * * * root /usr/bin/{entry.Name}", name => $"/usr/bin/{name}") with { Shown = value => $"{value} 1" },
        ["Databases"] = Line(entry => $"{entry.Name}: v{entry[0]}", name => name),
        ["DeviceLinks"] = Line(entry => $"/dev/disk/by-label/{entry.Name} ../../dm-{entry[0] % 10}", name => $"/dev/disk/by-label/{name}") with
        {
            Head = string.Concat(Enumerable.Range(0, 10).Select(at => $"/dev/disk/by-id/dm-uuid-v{at} ../../dm-{at}\n")),
            HasComments = false,
            Shown = value => $"dm-uuid-v{value % 10}",
        },
        ["DnfOrigins"] = Line(entry => $"{entry.Name}.x86_64 0:1-2 v{entry[0]} user", name => $"{name}.x86_64"),
        ["FirewallRules"] = Line(entry => $"-A INPUT -m {entry.Name} --dport v{entry[0]} -j ACCEPT", _ => "filter INPUT") with { Head = "*filter\n:INPUT ACCEPT [0:0]\n", Foot = "COMMIT\n", IsOrdered = true },
        ["Fstab"] = Line(entry => $"UUID=v{entry[0]} /mnt/{entry.Name} xfs defaults 0 0", name => $"/mnt/{name}"),
        ["Groups"] = Line(entry => $"{entry.Name}:x:100:a,v{entry[0]},b", name => name),
        ["GrubMenu"] = new(
            (entry, _) => $"title {entry.Name}\n\troot (hd0,0)\n\tkernel /vmlinuz v{entry[0]}\n\tinitrd /v{entry[1]}\n",
            (_, at) => [$"entry {at + 1} kernel", $"entry {at + 1} initrd", $"entry {at + 1} title", $"entry {at + 1} root"])
        {
            Head = "default=0\n",
            Values = 2,
            IsNumbered = true,
        },
        ["HostKeys"] = Line(entry => $"{entry.Name} ssh-ed25519 v{entry[0]}", name => $"{name} ssh-ed25519"),
        ["Items"] = Line(entry => entry.Name, name => name) with { Values = 0 },
        ["KernelArguments"] = Line(entry => $"{entry.Name}=v{entry[0]}", name => name) with { HasComments = false },
        ["KeyedByTwo"] = Line(entry => $"d {entry.Name} v{entry[0]}", name => $"d {name}"),
        ["Kickstart"] = Line(entry => $"part /{entry.Name} --size=v{entry[0]}", _ => "part") with { Foot = "%packages\n@core\n%end\n" },
        ["Ldev"] = Line(entry => $"mds1 mds2 {entry.Name} v{entry[0]}", name => name),
        ["Limits"] = Line(entry => $"{entry.Name} hard nofile v{entry[0]}", name => $"{name} hard nofile"),
        ["Lines"] = Line(entry => $"{entry.Name} v{entry[0]}", name => name),
        ["LnetYaml"] = new(
            (entry, _) => $"    - net type: {entry.Name}\n      local NI(s):\n        - nid: 10.0.0.1@{entry.Name}\n          tunables:\n              peer_timeout: v{entry[0]}\n          status: v{entry[1]}\n",
            (entry, _) => [.. ((string[])["local NI(s)(10.0.0.1@{0}).tunables.peer_timeout", "local NI(s)(10.0.0.1@{0}).status", "net type", "local NI(s)(10.0.0.1@{0}).nid"])
                .Select(key => $"net({entry.Name}).{key.Replace("{0}", entry.Name, StringComparison.Ordinal)}")])
        {
            Head = "net:\n",
            Values = 2,
        },
        ["LoginKeys"] = Line(entry => $"ssh-ed25519 AAAA{entry[0]:0000} {entry.Name}", name => name) with { Shown = null },
        ["LustreDevices"] = Line(entry => $"v{entry[0]} mdt {entry.Name} {entry.Name}_UUID", name => name),
        ["LustreMounts"] = Line(entry => $"v{entry[0]} on /mnt/{entry.Name} type lustre (ro)", name => $"/mnt/{name}"),
        ["LustreVersion"] = Line(entry => $"{entry.Name}: v{entry[0]}", name => name),
        ["LvmDevices"] = Line(entry => $"IDTYPE=sys_wwid IDNAME=v{entry[0]} DEVNAME=/dev/mapper/a PVID={entry.Name}", name => $"PVID={name}"),
        ["MultipathMaps"] = new(
            (entry, at) => $"{entry.Name} (v{entry[0]}) dm-{at} DDN,SFA\nsize=v{entry[1]} wp=rw\n`-+- policy='service-time 0' prio=50 status=active\n  |- 1:0:0:{at} sd{(char)('b' + at)} 8:{at} active ready running\n",
            (entry, _) => [$"{entry.Name} wwid", $"{entry.Name} size", $"{entry.Name} product", $"{entry.Name} wp", $"{entry.Name} paths active ready running"])
        {
            Values = 2,
            HasComments = false,
        },
        ["NamedRules"] = Line(entry => $"SUBSYSTEM==\"{entry.Name}\", NAME=\"v{entry[0]}\"", _ => "rule") with { IsOrdered = true },
        ["NftRules"] = Line(entry => $"\t\tct mark {entry.Name} tcp dport v{entry[0]} accept", _ => "table inet f.chain input") with
        {
            Head = "table inet f {\n\tchain input {\n",
            Foot = "\t}\n}\n",
            IsOrdered = true,
        },
        ["Nids"] = Line(entry => $"v{entry[0]}@{entry.Name}", name => name),
        ["Options"] = Line(entry => $"{entry.Name} = v{entry[0]}", name => name),
        ["Pairs"] = Line(entry => $"NAME=\"{entry.Name}\" SIZE=\"v{entry[0]}\"", name => name),
        ["PamRules"] = Line(entry => $"auth required {entry.Name} v{entry[0]}", _ => "auth") with { IsOrdered = true },
        ["PartitionTables"] = new(
            (entry, _) => $"label: gpt\nlabel-id: v{entry[0]}\ndevice: /dev/{entry.Name}\nunit: sectors\n\n/dev/{entry.Name}1 : start= 2048, size= v{entry[1]}\n",
            (entry, _) => [$"/dev/{entry.Name} label-id", $"/dev/{entry.Name}1", $"/dev/{entry.Name} label", $"/dev/{entry.Name} unit"])
        {
            Values = 2,
        },
        ["Properties"] = Line(entry => $"{entry.Name} compression v{entry[0]}", name => $"{name} compression"),
        ["Resolver"] = Line(entry => $"nameserver {entry.Name}.v{entry[0]}", _ => "nameserver") with { Head = "search a b\noptions rotate\n", IsOrdered = true },
        ["Rules"] = Line(entry => $"{entry.Name} v{entry[0]}", name => name) with { IsOrdered = true },
        ["Stanzas"] = new(
            (entry, _) => $"Types: {entry.Name}\nURIs: v{entry[0]}\nSuites: v{entry[1]}\n\n",
            (_, at) => [$"{at + 1}.URIs", $"{at + 1}.Suites", $"{at + 1}.Types"])
        {
            Values = 2,
            IsNumbered = true,
        },
        ["Sudoers"] = Line(entry => $"{entry.Name} ALL=(ALL) v{entry[0]}", name => name) with { IsOrdered = true },
        ["UnitFiles"] = Line(entry => $"{entry.Name}.service v{entry[0]} enabled", name => $"{name}.service"),
        ["UserCrontab"] = Line(entry => $"{entry[0]} 1 * * * /usr/bin/{entry.Name}", name => $"/usr/bin/{name}") with { Shown = value => $"{value} 1" },
        ["YumOrigins"] = Line(entry => $"{entry.Name}-1.0-2-x86_64/from_repo:v{entry[0]}", name => $"{name}.x86_64 from_repo") with { HasComments = false },
        ["ZpoolStatus"] = new(
            (entry, _) => $"  pool: {entry.Name}\n state: v{entry[0]}\n  scan: none requested\nconfig:\n\n\tNAME STATE READ WRITE CKSUM\n\t{entry.Name} v{entry[1]} 0 0 0\n\nerrors: No known data errors\n",
            (entry, _) => [$"{entry.Name} state", $"{entry.Name} device {entry.Name}", $"{entry.Name} errors"])
        {
            Values = 2,
            HasComments = false,
        },
    };

    public string Text(IReadOnlyList<Entry> entries) => Head + string.Concat(entries.Select(Write)) + Foot;

    private static EditedFormat Line(Func<Entry, string> line, Func<string, string> key) => new((entry, _) => line(entry) + "\n", (entry, _) => [key(entry.Name)]);
}
