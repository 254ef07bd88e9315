using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>What starts by itself: SysV services by runlevel, xinetd's, systemd's units with drop-ins, presets and masks.</summary>
internal sealed class Services() : Component("services", RestoreStage.Services)
{
    private const string UnitFolder = "/etc/systemd/system/";

    // Folders are asked for as a whole, since on one family or the other they are links.
    // systemctl may be there for a tree that has no systemd: the management host's own.
    private const string OrNoSystemd = " || { [ ! -e \"$root/usr/lib/systemd/system\" ] && [ ! -e \"$root/lib/systemd/system\" ]; }";

    // But for the units that only run (each login is one): none of them can have the name of a file, and the filter takes them out.
    private static readonly string[] UnitFolders =
    [
        "/usr/bin/systemctl",
        "/etc/systemd/system", "/etc/systemd/system.control", "/etc/systemd/system.attached", "/etc/systemd/system-preset",
        "/run/systemd/system", "/run/systemd/system.control", "/run/systemd/system.attached", "/run/systemd/system-preset", "/run/systemd/generator*",
        "/usr/local/lib/systemd/system", "/usr/local/lib/systemd/system-preset",
        "/usr/lib/systemd/system", "/usr/lib/systemd/system-preset", "/lib/systemd/system", "/lib/systemd/system-preset",
    ];

    // For each unit systemctl looks through every folder for links to it: half a second of one core where there are a few hundred. So
    // it is asked only about those of which it may say anything but "static": a unit that came with a package, that has no [Install]
    // section, and that nothing but the packages' own folders names (no link, no drop-in, no instance). A file that is empty (masked), or that
    // systemd may not understand (bad), is none of these; and if one of the tools fails here, it is asked about all of them.
    private const string UnitFiles = """

                cd "${root:-/}" || exit
                packaged=usr/lib/systemd/system static=
                set --
                for folder in etc/systemd/system* run/systemd/system* run/systemd/generator* usr/local/lib/systemd/system lib/systemd/system; do
                    case $folder in *-preset) continue ;; lib/*) [ ! -L lib ] || continue ;; esac
                    [ ! -d "$folder" ] || set -- "$@" "$folder"
                done
                named=$(find -H "$packaged" "$@" \( ! -path "$packaged*" -o ! -path "$packaged/*/*" -name "*.d" \) -printf "%f\n%l\n") &&
                    static=$(find -H "$packaged" -maxdepth 1 -type f -size +0 -size -2000 \
                        -exec env LC_ALL=C grep -LE "^[[:space:]]*(\[(Install\]|$|.*[^]]$)|\.include)|[^[:print:][:blank:]]" {} +)
                {
                    printf "%s\n" "$named" | sed "s/^/named /"
                    find -H "$packaged" -maxdepth 1 ! -type d | sed "s/^/packaged /"
                    printf "%s\n" "$static" | sed "s/^/static /"
                } | awk '
                    function is_static(name, template) {
                        template = name
                        sub(/@.*\./, "@.", template)
                        return name in static && !(name in named) && !(template in named)
                    }
                    $1 == "static" && !/^static usr\/lib\/systemd\/system\/[^\/]*$/ { next }
                    { name = substr($0, length($1) + 2); sub(/.*\//, "", name); sub(/\.(d|wants|requires|upholds)$/, "", name) }
                    name !~ /^[A-Za-z0-9:_\\-][A-Za-z0-9:_.@\\-]*\.(service|socket|target|device|mount|automount|swap|timer|path|slice|scope|snapshot|busname)$/ { next }
                    $1 == "static" { static[name]; next }
                    { units[name] }
                    $1 == "named" { named[name]; if (sub(/@.*\./, "@.", name)) named[name] }
                    END {
                        for (name in units) if (!is_static(name)) { printf "%s ", name; any = 1 }
                        print ""
                        if (any) for (name in static) if (is_static(name)) print name, "static"
                    }' | {
                    read -r units
                    set -f
                    set -- systemctl --root="${root:-/}" list-unit-files --no-legend --no-pager --full --
                    if "$@" $units; then cat; else "$@"; fi
                }
        """ + OrNoSystemd;

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/systemd/system/**", Format.Units),
        File("/etc/systemd/user/**", Format.Units),
        File("/etc/systemd/system-preset/*", Format.Rules),
        File("/etc/systemd/system.conf", Format.Sections),
        File("/etc/systemd/system.conf.d/*", Format.Sections),
        File("/etc/systemd/logind.conf", Format.Sections),
        File("/etc/systemd/logind.conf.d/*", Format.Sections),
        File("/etc/systemd/sleep.conf", Format.Sections),
        File("/etc/inittab", Format.Colons),
        File("/etc/init/*", Format.Script),
        File("/etc/sysconfig/init", Format.Assignments),
        File("/etc/rc.d/**", Format.Script),
        File("/etc/rc.local", Format.Script),
        File("/etc/init.d/**", Format.Script),
        File("/etc/rc?.d/**", Format.Script),
        File("/etc/xinetd.conf", Format.Nested),
        File("/etc/xinetd.d/*", Format.Nested),
        // Both tell of SysV services alone; what systemd adds on standard error is no answer.
        Tool("chkconfig", "chkconfig --list", Format.Chkconfig),
        Tool("unit-files", UnitFiles, Format.UnitFiles) with
        {
            // A preset of "-" is none: older systemd does not say so.
            Filter = "awk '$2 != \"transient\" && $2 != \"generated\" { print $1, $2 ($3 ~ /[a-z]/ ? \" \" $3 : \"\") }' | sort",
            Needs = "systemctl /usr/lib/systemd/system",
            WorksOnTree = true,
            Reads = UnitFolders,
        },
        Tool("default-target", "systemctl --root=\"${root:-/}\" get-default" + OrNoSystemd, Format.SingleValue)
            with { Needs = "systemctl /usr/lib/systemd/system", WorksOnTree = true },
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "the server starts other services than it did";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*: corosync*", Risk.FailoverAtRisk, "whether a node joins its cluster by itself is decided here: after a restore only when it was verified", KeyMeaning.Shared),
        Risky("*: pacemaker*", Risk.FailoverAtRisk, "whether a node joins its cluster by itself is decided here: after a restore only when it was verified", KeyMeaning.Shared),
        Risky("*: pcsd*", Risk.FailoverAtRisk, "pcs reaches a node by pcsd alone", KeyMeaning.Shared),
        Risky("*: *multipath*", Risk.FailoverAtRisk, "without multipathd the targets' devices have other names, or none", KeyMeaning.Shared),
        Risky("*: zfs*", Risk.DataAtRisk, "a pool that is imported by the boot, and not by Pacemaker, may be active on both nodes", KeyMeaning.Shared),
        Risky("*: lustre*", Risk.DataAtRisk, "a target that is mounted by the boot, and not by Pacemaker, may be active on both nodes", KeyMeaning.Shared),
        Risky("*: lnet*", Risk.FailoverAtRisk, "without LNet no target is served", KeyMeaning.Shared),
        Risky("*: *iml*", Risk.RecoveryAtRisk, "the manager sees this server by its agent alone", KeyMeaning.Shared),
        Risky("*: chroma-agent*", Risk.RecoveryAtRisk, "the manager sees this server by its agent alone", KeyMeaning.Shared),
        Risky("*: sshd*", Risk.RecoveryAtRisk, "nobody reaches the server without sshd, Relustre neither", KeyMeaning.Shared),
        Risky("*: network*", Risk.RecoveryAtRisk, "nobody reaches the server without its network", KeyMeaning.Shared),
        Risky("*: NetworkManager*", Risk.RecoveryAtRisk, "nobody reaches the server without its network", KeyMeaning.Shared),
        Risky("*: chronyd*", Risk.FailoverAtRisk, "clocks apart confuse the cluster and its logs", KeyMeaning.Shared),
        Risky("*: ntpd*", Risk.FailoverAtRisk, "clocks apart confuse the cluster and its logs", KeyMeaning.Shared),
    ];

    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        Facts(wanted) is ServicesFacts were
            ? ServiceChange.Steps(wanted, found, were, Facts(found) as ServicesFacts, differences, context.Platform)
            : FileChanges.Of(wanted, found, differences);

    public override ComponentFacts? Facts(ComponentState state) => state is { Files: [], Tools: [] } ? null : new ServicesFacts
    {
        DefaultTarget = state.Said("default-target")?.Trim().OrNull ?? RunlevelIn(state.Text("/etc/inittab") ?? ""),
        Units = [.. from row in Lines.Rows(state.Said("unit-files") ?? "") where row.Length > 1 select new ServicesFacts.Unit(row[0], row[1], row.ElementAtOrDefault(2))],
        SysV = [.. from service in Chkconfig.SysV(state.Said("chkconfig") ?? "") select new ServicesFacts.SysVService(service.Name, service.Levels)],
        Xinetd = [.. from service in Chkconfig.Xinetd(state.Said("chkconfig") ?? "") select new ServicesFacts.XinetdService(service.Name, service.IsOn)],
        Masked = [.. from file in InUnitFolder(state) where file.LinkTarget == "/dev/null" select UnitName(file)],
        DropIns = [.. from file in InUnitFolder(state) where file.Kind == FileKind.File && UnitName(file).Contains(".d/", StringComparison.Ordinal) select UnitName(file)],
        LocalUnits = [.. from file in InUnitFolder(state) where file.Kind == FileKind.File && !UnitName(file).Contains('/') select UnitName(file)],
    };

    private static IEnumerable<CapturedFile> InUnitFolder(ComponentState state) =>
        from file in state.Files where file.Path.StartsWith(UnitFolder, StringComparison.Ordinal) orderby file.Path select file;

    private static string UnitName(CapturedFile file) => file.Path[UnitFolder.Length..];

    // "id:3:initdefault:"
    private static string? RunlevelIn(string inittab) =>
        Colons.Rows(inittab).FirstOrDefault(row => row is [_, _, "initdefault", ..]) is { } row ? $"runlevel {row[1]}" : null;
}
