using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>How the server was made fast and steady: kernel parameters, tuned, limits, udev rules, crash dumps.</summary>
internal sealed class Tuning() : Component("tuning", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/sysctl.conf", Format.Assignments),
        File("/etc/sysctl.d/*", Format.Assignments),
        File("/etc/tuned/**"),
        File("/etc/tune-profiles/**"),
        File("/etc/sysconfig/ktune", Format.Assignments),
        File("/etc/security/limits.conf", Format.Lines),
        File("/etc/security/limits.d/*", Format.Lines),
        // The two that name NICs belong to the network.
        File("/etc/udev/rules.d/**") with { Except = ["*/70-persistent-net.rules", "*/70-persistent-ipoib.rules"] },
        File("/etc/udev/udev.conf", Format.Assignments),
        File("/etc/udev/hwdb.d/*"),
        File("/etc/kdump.conf", Format.Lines),
        File("/etc/sysconfig/kdump", Format.Assignments),
        File("/etc/default/kdump-tools", Format.Assignments),
        File("/etc/sysconfig/irqbalance", Format.Assignments),
        File("/etc/default/irqbalance", Format.Assignments),
        File("/etc/sysconfig/cpupower", Format.Assignments),
        File("/etc/sysconfig/cpuspeed", Format.Assignments),
        File("/etc/sysfs.conf", Format.Assignments),
        File("/etc/sysfs.d/*", Format.Assignments),
        File("/etc/tmpfiles.d/*", Format.Lines),
        File("/etc/ld.so.conf", Format.Lines),
        File("/etc/ld.so.conf.d/*", Format.Lines),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new TuningFacts
    {
        // The kernel gets them in this order, and the last one stays.
        KernelParameters =
        [
            .. from file in (IEnumerable<CapturedFile>)[.. state.In("/etc/sysctl.d"), .. state.Files.Where(file => file.Path == "/etc/sysctl.conf")]
               from setting in Format.Assignments.Read(file.Text)
               group setting.Value by setting.Key into parameter
               orderby parameter.Key
               select new TuningFacts.KernelParameter(parameter.Key, parameter.Last()),
        ],
        TunedProfile = state.Text("/etc/tuned/active_profile", "/etc/tune-profiles/active-profile")?.Trim().OrNull,
        Limits =
        [
            .. from file in (IEnumerable<CapturedFile>)[.. state.Files.Where(file => file.Path == "/etc/security/limits.conf"), .. state.In("/etc/security/limits.d")]
               from row in Lines.Rows(file.Text)
               where row.Length == 4
               select new TuningFacts.Limit(row[0], row[1], row[2], row[3]),
        ],
        UdevRules = [.. from file in state.In("/etc/udev/rules.d") select file.Path.Split('/')[^1]],
        CrashDumps = [.. from row in Lines.Rows(state.Text("/etc/kdump.conf") ?? "") select string.Join(' ', row)],
    };
}
