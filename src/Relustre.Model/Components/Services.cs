using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>What starts by itself: SysV services by runlevel, xinetd's, systemd's units with drop-ins, presets and masks.</summary>
internal sealed class Services() : Component("services", RestoreStage.Management)
{
    private const string UnitFolder = "/etc/systemd/system/";

    // Folders are asked for as a whole, since on one family or the other they are links.
    // systemctl may be there for a tree that has no systemd: the management host's own.
    private const string OrNoSystemd = " || { [ ! -e \"$root/usr/lib/systemd/system\" ] && [ ! -e \"$root/lib/systemd/system\" ]; }";

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/systemd/system/**", Format.Sections),
        File("/etc/systemd/user/**", Format.Sections),
        File("/etc/systemd/system-preset/*", Format.Lines),
        File("/etc/systemd/system.conf", Format.Sections),
        File("/etc/systemd/system.conf.d/*", Format.Sections),
        File("/etc/systemd/logind.conf", Format.Sections),
        File("/etc/systemd/logind.conf.d/*", Format.Sections),
        File("/etc/systemd/sleep.conf", Format.Sections),
        File("/etc/inittab", Format.Colons),
        File("/etc/init/*"),
        File("/etc/sysconfig/init", Format.Assignments),
        File("/etc/rc.d/**"),
        File("/etc/rc.local"),
        File("/etc/init.d/**"),
        File("/etc/rc?.d/**"),
        File("/etc/xinetd.conf", Format.Lines),
        File("/etc/xinetd.d/*", Format.Lines),
        // Both tell of SysV services alone; what systemd adds on standard error is no answer.
        Tool("chkconfig", "chkconfig --list", Format.Chkconfig),
        Tool("unit-files", "systemctl --root=\"${root:-/}\" list-unit-files --no-legend --no-pager --full" + OrNoSystemd, Format.Lines)
            with { Filter = "awk '$2 != \"transient\" && $2 != \"generated\"' | sort", Needs = "systemctl /usr/lib/systemd/system", WorksOnTree = true },
        Tool("default-target", "systemctl --root=\"${root:-/}\" get-default" + OrNoSystemd, Format.SingleValue)
            with { Needs = "systemctl /usr/lib/systemd/system", WorksOnTree = true },
    ];

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
