using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>Every installed package to the release, where it came from, and whether somebody asked for it.</summary>
internal sealed class Packages() : Component("packages", RestoreStage.Packages)
{
    private const string AutomaticOnly =
        "awk '$1 == \"Package:\" { name = $2 } $1 == \"Architecture:\" { arch = $2 } $1 == \"Auto-Installed:\" && $2 == 1 { print name \".\" arch }' | sort";

    // dnf writes logs, a cache and its history even when it is only asked: it gets a folder of its own for them, and a copy.
    private const string Dnf = "cp /var/lib/dnf/history.sqlite* \"${TMPDIR:?}\" 2>/dev/null; dnf -q -C --noplugins"
        + " --setopt=logdir=\"$TMPDIR\" --setopt=cachedir=\"$TMPDIR\" --setopt=persistdir=\"$TMPDIR\"";

    /// <summary>rpm, its settings and its database in all its kinds, without the locks and indexes that it writes when it is only asked.</summary>
    internal static readonly string[] RpmDatabase =
    [
        "/usr/bin/rpm", "/bin/rpm", "/etc/rpm",
        "/var/lib/rpm/Packages", "/var/lib/rpm/Packages.db", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/rpmdb.sqlite-wal",
        "/usr/lib/sysimage/rpm/Packages.db", "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite-wal",
    ];

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/dnf/modules.d/*", Format.Sections),
        Tool("rpm", OnRpmDatabase("rpm --root \"$root/\" -qa --qf '%{NAME}.%{ARCH} %|EPOCH?{%{EPOCH}}:{0}|:%{VERSION}-%{RELEASE}\\n'"), Format.Lines)
            with { Filter = "grep -v '^gpg-pubkey' | sort", Needs = "rpm /var/lib/rpm", TimeLimit = 60, WorksOnTree = true, Reads = RpmDatabase },
        Tool("dnf", Dnf + " --disablerepo='*' repoquery --installed --qf '%{name}.%{arch} %{epoch}:%{version}-%{release} %{from_repo} %{reason}\\n'", Format.DnfOrigins)
            with { Filter = "sed '/^$/d' | sort", Needs = "dnf", TimeLimit = 60, Reads = [.. RpmDatabase, "/usr/bin/dnf*", "/etc/dnf", "/var/lib/dnf"] },
        // Each package has a folder of its own there, with a file for each thing that yum knows of it.
        Tool("yumdb", "grep -r --include=from_repo --include=reason '' \"$root/var/lib/yum/yumdb\"", Format.YumOrigins)
            with { Filter = "sed 's|^.*/yumdb/[^/]*/[0-9a-f]*-||' | sort", Needs = "grep /var/lib/yum/yumdb", WorksOnTree = true },
        Tool("dpkg", "dpkg-query --admindir=\"$root/var/lib/dpkg\" -W -f='${Package}.${Architecture} ${Version} ${Status}\\n'", Format.Lines)
            with { Filter = "sort", Needs = "dpkg-query /var/lib/dpkg/status", WorksOnTree = true, Reads = ["/usr/bin/dpkg-query", "/var/lib/dpkg/status", "/var/lib/dpkg/updates", "/var/lib/dpkg/triggers"] },
        // What apt-mark would say, without the seconds that it needs to build its cache (which it writes).
        Tool("apt-automatic", "cat \"$root/var/lib/apt/extended_states\"", Format.Items)
            with { Filter = AutomaticOnly, Needs = "cat /var/lib/apt/extended_states", WorksOnTree = true },
        Tool("default-kernel", "grubby --default-kernel", Format.SingleValue),
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "the server runs other software than it did";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // The boot loader tells of it.
        Noise("default-kernel*"),
        // Where a package came from and who asked for it does not change what it does, and a rebuilt server knows it otherwise.
        Noise("dnf: *"),
        Noise("yumdb: *"),
        Risky("apt-automatic: *", Risk.Cosmetic, "who asked for a package does not change what it does", KeyMeaning.PerHost),
        Risky("*: kernel*", Risk.RecoveryAtRisk, "Lustre's modules fit one kernel: with another one the targets cannot be mounted", KeyMeaning.Shared),
        Risky("*: *lustre*", Risk.RecoveryAtRisk, "servers of another version may not mount each other's targets, and repositories only have the latest", KeyMeaning.Shared),
        Risky("*: *zfs*", Risk.RecoveryAtRisk, "a pool with features of a newer ZFS cannot be imported by an older one", KeyMeaning.Shared),
        Risky("*: e2fsprogs*", Risk.RecoveryAtRisk, "ldiskfs targets need Lustre's own e2fsprogs", KeyMeaning.Shared),
        Risky("*: pacemaker*", Risk.FailoverAtRisk, "nodes of different versions of the cluster's software may not understand each other", KeyMeaning.Shared),
        Risky("*: corosync*", Risk.FailoverAtRisk, "nodes of different versions of the cluster's software may not understand each other", KeyMeaning.Shared),
        Risky("*: resource-agents*", Risk.FailoverAtRisk, "both nodes need the agents that start the targets", KeyMeaning.Shared),
        Risky("*: fence-agents*", Risk.FailoverAtRisk, "a node that cannot fence its partner cannot take over from it", KeyMeaning.Shared),
        Risky("*: pcs*", Risk.FailoverAtRisk, "nodes of different versions of the cluster's software may not understand each other", KeyMeaning.Shared),
        Risky("*: *iml*", Risk.RecoveryAtRisk, "the agent must speak the manager's language", KeyMeaning.Shared),
        Risky("*: chroma*", Risk.RecoveryAtRisk, "the agent must speak the manager's language", KeyMeaning.Shared),
        Risky("*: device-mapper-multipath*", Risk.FailoverAtRisk, "the LUNs get their names from it", KeyMeaning.Shared),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state is { Files: [], Tools: [] } ? null : new PackagesFacts
    {
        Packages = state.Said("rpm") is { } rpm ? [.. RpmPackages(rpm, OriginsOf(state))] : [.. DebianPackages(state)],
        ModuleStreams =
        [
            .. from file in state.In("/etc/dnf/modules.d")
               from entry in Sections.Entries(file.Text)
               group new Setting(entry.Key, entry.Value) by entry.Section into module
               select new PackagesFacts.ModuleStream(module.Key, module.Last("stream"), module.Last("profiles"), module.Last("state")),
        ],
        DefaultKernel = state.Said("default-kernel")?.Trim().OrNull,
    };

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        if (Facts(wanted) is not PackagesFacts were)
            yield break;
        var extra = PackageChange.Extra(were, Facts(found) as PackagesFacts).Distinct().Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            yield return $"{extra.Count} packages that were not installed stay: {string.Join(' ', extra.Take(20))}{(extra.Count > 20 ? " …" : "")}";
    }

    // Streams first: without its stream a module's package is not found.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        Facts(wanted) is PackagesFacts were
            ? [.. FileChanges.Of(wanted, found, differences), .. PackageChange.Steps(were, Facts(found) as PackagesFacts, context)]
            : [];

    /// <summary>The command where there is an RPM database: rpm makes an empty one otherwise, even when it only asks.</summary>
    internal static string OnRpmDatabase(string command) =>
        "if [ -e \"$root/var/lib/rpm/Packages\" ] || [ -e \"$root/var/lib/rpm/rpmdb.sqlite\" ] || [ -e \"$root/usr/lib/sysimage/rpm/rpmdb.sqlite\" ]; "
        + $"then {command}; fi";

    private static IEnumerable<PackagesFacts.Package> RpmPackages(string rpm, ILookup<string, (string? Origin, string? Reason)> origins) =>
        from line in rpm.TrimmedLines
        let words = line.Words
        where words is [_, _]
        let dot = words[0].LastIndexOf('.')
        let version = VersionIn(words[1])
        where dot > 0 && version is not null
        let known = origins[$"{words[0]} {words[1]}"].Concat(origins[$"{words[0][..dot]}-{version.Value.Version}-{version.Value.Release}-{words[0][(dot + 1)..]}"]).ToList()
        select new PackagesFacts.Package
        {
            Name = words[0][..dot],
            Epoch = version.Value.Epoch,
            Version = version.Value.Version,
            Release = version.Value.Release,
            Arch = words[0][(dot + 1)..],
            Origin = known.Select(origin => origin.Origin).FirstOrDefault(origin => origin is not null),
            IsRequested = known.Select(origin => origin.Reason).FirstOrDefault(reason => reason is not null) is { } reason ? reason != "dep" && reason != "dependency" && reason != "weak-dependency" : null,
        };

    // dnf's lines carry all in one; yumdb's have a file for each: "bash-4.2.46-33.el7-x86_64/from_repo:base".
    private static ILookup<string, (string? Origin, string? Reason)> OriginsOf(ComponentState state) => Enumerable.ToLookup(
    [
        .. from line in (state.Said("dnf") ?? "").TrimmedLines
           let words = line.Words
           where words.Length >= 4
           select (Key: $"{words[0]} {words[1]}", Value: (Origin: Known(words[2]), Reason: Known(words[3]))),
        .. from line in (state.Said("yumdb") ?? "").TrimmedLines
           let parts = line.Split('/', ':')
           where parts.Length == 3
           select (Key: parts[0], Value: (parts[1] == "from_repo" ? Known(parts[2]) : null, parts[1] == "reason" ? Known(parts[2]) : null)),
    ],
    pair => pair.Key, pair => pair.Value);

    private static string? Known(string word) => word is "" or "(none)" or "<unknown>" or "unknown" or "None" ? null : word;

    private static (string Epoch, string Version, string Release)? VersionIn(string text) =>
        text.Split(':', 2) is [var epoch, var rest] && rest.LastIndexOf('-') is > 0 and var dash ? (epoch, rest[..dash], rest[(dash + 1)..]) : null;

    private static IEnumerable<PackagesFacts.Package> DebianPackages(ComponentState state)
    {
        var automatic = state.Said("apt-automatic")?.TrimmedLines.ToHashSet();
        var automaticNames = automatic?.Select(known => known[..Math.Max(known.LastIndexOf('.'), 0)]).ToHashSet();
        return from line in (state.Said("dpkg") ?? "").TrimmedLines
               let words = line.Words
               where words.Length == 5 && words[4] == "installed" && words[0].LastIndexOf('.') > 0
               let dot = words[0].LastIndexOf('.')
               let name = words[0][..dot]
               select new PackagesFacts.Package
               {
                   Name = name,
                   Version = words[1],
                   Arch = words[0][(dot + 1)..],
                   // apt remembers a package for all architectures under the machine's own.
                   IsRequested = automatic is null ? null : !automatic.Contains(words[0]) && !(words[0].EndsWith(".all", StringComparison.Ordinal) && automaticNames!.Contains(name)),
                   IsHeld = words[2] == "hold" ? true : null,
               };
    }
}
