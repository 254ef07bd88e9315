using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>Which machine this is: its name, release, ids, language, time zone and running kernel.</summary>
internal sealed partial class SystemIdentity() : Component("system", RestoreStage.Naming)
{
    [GeneratedRegex(@"release ([0-9]{1,4})(\.[0-9.]{1,16})?")]
    private static partial Regex NumberedRelease { get; }

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/hostname", Format.SingleValue),
        File("/etc/sysconfig/network", Format.Assignments),
        File("/etc/hostid"),
        File("/etc/machine-id", Format.SingleValue),
        File("/etc/machine-info", Format.Assignments),
        File("/etc/*-release", Format.SingleValue),
        File("/usr/lib/os-release", Format.Assignments),
        File("/etc/debian_version", Format.SingleValue),
        File("/etc/issue", Format.SingleValue),
        File("/etc/issue.net", Format.SingleValue),
        File("/etc/motd", Format.SingleValue),
        File("/etc/locale.conf", Format.Assignments),
        File("/etc/sysconfig/i18n", Format.Assignments),
        File("/etc/default/locale", Format.Assignments),
        File("/etc/locale.gen", Format.Lines),
        File("/etc/vconsole.conf", Format.Assignments),
        File("/etc/sysconfig/keyboard", Format.Assignments),
        File("/etc/default/keyboard", Format.Assignments),
        File("/etc/default/console-setup", Format.Assignments),
        File("/etc/X11/xorg.conf.d/00-keyboard.conf", Format.Script),
        File("/etc/sysconfig/clock", Format.Assignments),
        File("/etc/localtime"),
        File("/etc/timezone", Format.SingleValue),
        File("/etc/environment", Format.Assignments),
        Tool("uname", "uname -snrm", Format.Uname),
        Tool("command-line", "cat /proc/cmdline", Format.KernelArguments),
        Tool("hostid", "hostid", Format.SingleValue),
        // The file's first line is the clock's drift, which changes whenever the clock is set.
        Tool("hardware-clock", "sed -n 3p \"$root/etc/adjtime\"", Format.SingleValue)
            with { Needs = "sed /etc/adjtime", WorksOnTree = true },
        Tool("hardware", "for name in sys_vendor product_name product_serial product_uuid bios_version; do "
            + "[ ! -r /sys/class/dmi/id/$name ] || { IFS= read -r value </sys/class/dmi/id/$name; printf '%s\\n' \"$name=$value\"; }; done", Format.Assignments)
            with { Needs = "cat" },
    ];

    public override string Why => "the server is not what it was when it was last known to work";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/hostid*", Risk.DataAtRisk, "ZFS knows the owner of a pool by this id: with a new one it says that another system has it, with the partner's it lets both import", KeyMeaning.Unique),
        Risky("hostid: *", Risk.DataAtRisk, "ZFS knows the owner of a pool by this id: with a new one it says that another system has it, with the partner's it lets both import", KeyMeaning.Unique),
        Risky("/etc/machine-id*", Risk.Config, "journals, DHCP and boot entries go by this id", KeyMeaning.Unique),
        Risky("/etc/hostname: *", Risk.FailoverAtRisk, "the cluster and its CIB know the node by its name", KeyMeaning.Unique),
        Risky("/etc/sysconfig/network: HOSTNAME", Risk.FailoverAtRisk, "the cluster and its CIB know the node by its name", KeyMeaning.Unique),
        Risky("uname: name", Risk.FailoverAtRisk, "the cluster and its CIB know the node by its name", KeyMeaning.Unique),
        Risky("uname: kernel", Risk.RecoveryAtRisk, "Lustre's modules fit one kernel", KeyMeaning.Shared),
        Risky("hardware: *_serial", Risk.Config, "this is another machine", KeyMeaning.Unique),
        Risky("hardware: *_uuid", Risk.Config, "this is another machine", KeyMeaning.Unique),
        Risky("hardware: *", Risk.Config, "this is another machine, or its firmware is another one", KeyMeaning.Shared),
        Noise("command-line: BOOT_IMAGE"),
        Risky("command-line: root", Risk.RecoveryAtRisk, "the server booted from another file system", KeyMeaning.PerHost),
        Risky("command-line: *", Risk.Config, "the kernel runs with other arguments", KeyMeaning.Shared),
        Risky("/etc/motd*", Risk.Cosmetic, "a greeting"),
        Risky("/etc/issue*", Risk.Cosmetic, "a greeting"),
        Risky("/etc/localtime*", Risk.Config, "logs tell the time of another zone", KeyMeaning.Shared),
        Risky("/etc/timezone*", Risk.Config, "logs tell the time of another zone", KeyMeaning.Shared),
        Risky("/*-release: *", Risk.RecoveryAtRisk, "packages are built for one release of the system", KeyMeaning.Shared),
    ];

    public override ComponentFacts? Facts(ComponentState state)
    {
        var release = state.Text("/etc/redhat-release", "/etc/centos-release", "/etc/system-release")?.Trim();
        var system = Settings(state, "/usr/lib/os-release", "/etc/os-release");
        var uname = (state.Said("uname") ?? "").Words;
        var hardware = Format.Assignments.Read(state.Said("hardware") ?? "").ToList();
        return new SystemFacts
        {
            HostName = NameOf(state, uname),
            Release = release ?? system.Last("PRETTY_NAME"),
            Distribution = system.Last("ID") ?? DistributionOf(release),
            Version = VersionIn(release) ?? system.Last("VERSION_ID"),
            EnterpriseLinux = MajorIn(release),
            Kernel = uname.ElementAtOrDefault(2),
            Architecture = uname.ElementAtOrDefault(3),
            CommandLine = state.Said("command-line")?.Trim() is { } line && !SecretText.IsIn(line) ? line : null,
            HostId = HostIdOf(state) ?? state.Said("hostid")?.Trim(),
            HostIdIsFixed = HostIdOf(state) is not null,
            MachineId = state.Text("/etc/machine-id")?.Trim().OrNull,
            Locale = Settings(state, "/etc/locale.conf", "/etc/sysconfig/i18n", "/etc/default/locale").Last("LANG"),
            Keyboard = KeyboardOf(state),
            TimeZone = TimeZoneOf(state),
            HardwareClock = state.Said("hardware-clock")?.Trim().OrNull,
            Manufacturer = hardware.Last("sys_vendor"),
            Product = hardware.Last("product_name"),
            SerialNumber = hardware.Last("product_serial"),
        };
    }

    private static List<Setting> Settings(ComponentState state, params IReadOnlyList<string> paths) =>
        [.. Format.Assignments.Read(state.Text(paths) ?? "")];

    private static string? NameOf(ComponentState state, string[] uname) =>
        Lines.Rows(state.Text("/etc/hostname") ?? "").FirstOrDefault()?[0]
        ?? Settings(state, "/etc/sysconfig/network").Last("HOSTNAME")
        ?? uname.ElementAtOrDefault(1);

    private static string? DistributionOf(string? release) => release?.Words.FirstOrDefault()?.ToLowerInvariant() switch
    {
        "red" => "rhel",
        var name => name,
    };

    private static string? VersionIn(string? release) =>
        release is not null && NumberedRelease.Match(release) is { Success: true } match ? match.Groups[1].Value + match.Groups[2].Value : null;

    private static int? MajorIn(string? release) =>
        release is not null && NumberedRelease.Match(release) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : null;

    // Four bytes in the machine's order, and every Lustre server is little-endian.
    private static string? HostIdOf(ComponentState state) =>
        state.File("/etc/hostid") is { Content.Length: 4 } file ? $"{BinaryPrimitives.ReadUInt32LittleEndian(file.Content.Span):x8}" : null;

    private static string? KeyboardOf(ComponentState state) =>
        Settings(state, "/etc/vconsole.conf").Last("KEYMAP")
        ?? Settings(state, "/etc/sysconfig/keyboard").Last("KEYTABLE")
        ?? Settings(state, "/etc/default/keyboard").Last("XKBLAYOUT")
        ?? Settings(state, "/etc/sysconfig/i18n").Last("KEYTABLE");

    private static string? TimeZoneOf(ComponentState state) =>
        state.File("/etc/localtime")?.LinkTarget is { } target && target.Split("/zoneinfo/") is [_, var zone] ? zone
            : Settings(state, "/etc/sysconfig/clock").Last("ZONE") ?? state.Text("/etc/timezone")?.Trim().OrNull;
}
