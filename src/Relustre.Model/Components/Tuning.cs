using Relustre.Facts;
using Relustre.Formats;
using Relustre.Steps;

namespace Relustre.Components;

/// <summary>How the server was made fast and steady: kernel parameters, tuned, limits, udev rules, crash dumps.</summary>
internal sealed class Tuning() : Component("tuning", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/sysctl.conf", Format.Assignments),
        File("/etc/sysctl.d/*", Format.Assignments),
        File("/etc/tuned/active_profile", Format.SingleValue),
        File("/etc/tuned/profile_mode", Format.SingleValue),
        File("/etc/tuned/post_loaded_profile", Format.SingleValue),
        File("/etc/tuned/*/*.sh", Format.Script),
        File("/etc/tuned/**", Format.Sections),
        File("/etc/tune-profiles/active-profile", Format.SingleValue),
        File("/etc/tune-profiles/**", Format.Script),
        File("/etc/sysconfig/ktune", Format.Assignments),
        File("/etc/security/limits.conf", Format.Limits),
        File("/etc/security/limits.d/*", Format.Limits),
        // The two that name NICs belong to the network.
        File("/etc/udev/rules.d/**", Format.NamedRules) with { Except = ["*/70-persistent-net.rules", "*/70-persistent-ipoib.rules"] },
        File("/etc/udev/udev.conf", Format.Assignments),
        File("/etc/udev/hwdb.d/*", Format.Script),
        File("/etc/kdump.conf", Format.Lines),
        File("/etc/sysconfig/kdump", Format.Assignments),
        File("/etc/default/kdump-tools", Format.Assignments),
        File("/etc/sysconfig/irqbalance", Format.Assignments),
        File("/etc/default/irqbalance", Format.Assignments),
        File("/etc/sysconfig/cpupower", Format.Assignments),
        File("/etc/sysconfig/cpuspeed", Format.Assignments),
        File("/etc/sysfs.conf", Format.Assignments),
        File("/etc/sysfs.d/*", Format.Assignments),
        File("/etc/tmpfiles.d/*", Format.KeyedByTwo),
        File("/etc/ld.so.conf", Format.NamedRules),
        File("/etc/ld.so.conf.d/*", Format.NamedRules),
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "the server is slower or less steady than it was made to be";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/udev/rules.d/*", Risk.RecoveryAtRisk, "devices get other names, owners or parameters", KeyMeaning.Shared),
        Risky("*kdump*", Risk.Config, "a dump of a crash goes elsewhere, or delays the takeover", KeyMeaning.Shared),
        Risky("*: kernel.panic*", Risk.FailoverAtRisk, "a node that hangs after a panic must be fenced, one that reboots comes back by itself", KeyMeaning.Shared),
        Risky("/etc/security/limits*", Risk.Security, "users and daemons may use more than before, or less", KeyMeaning.Shared),
        Risky("/etc/ld.so.conf*", Risk.Security, "programs load other libraries", KeyMeaning.Shared),
    ];

    // A kernel that does not know a parameter says so and takes the others.
    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) =>
    [
        new RunTool("set the kernel's parameters, as far as this kernel knows them", StepScript.Command("set-parameters", context.Platform.EnterpriseLinux is <= 6
            ? "for f in /etc/sysctl.d/*.conf /etc/sysctl.conf; do [ ! -e \"$f\" ] || sysctl -e -q -p \"$f\" || :; done"
            : "sysctl -e -q --system || :")),
        new RunTool("make udev read its rules again", StepScript.Command("reload-udev", "udevadm control --reload-rules || :")),
        UnitSteps.Restart(context.Platform, "tuned"),
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) =>
        NicNames.Of(context).In(wanted, path => path.StartsWith("/etc/udev/", StringComparison.Ordinal) || path.StartsWith("/etc/sysctl", StringComparison.Ordinal));

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
