using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>Which kernel boots, with which command line, from which initramfs, and which modules it then loads.</summary>
internal sealed class BootLoader() : Component("boot-loader", RestoreStage.Kernel)
{
    public override IReadOnlyList<Source> Sources =>
    [
        // A password of the boot loader stands in these.
        SecretFile("/boot/grub/grub.conf", Format.GrubMenu),
        SecretFile("/boot/efi/EFI/*/grub.conf", Format.GrubMenu),
        SecretFile("/boot/grub2/grub.cfg", Format.Script),
        SecretFile("/boot/grub/grub.cfg", Format.Script),
        SecretFile("/boot/efi/EFI/*/grub.cfg", Format.Script),
        SecretFile("/boot/grub2/user.cfg", Format.Assignments),
        SecretFile("/boot/efi/EFI/*/user.cfg", Format.Assignments),
        SecretFile("/boot/grub2/custom.cfg", Format.Script),
        SecretFile("/boot/grub/custom.cfg", Format.Script),
        SecretFile("/etc/grub.d/**", Format.Script),
        File("/boot/grub/device.map", Format.Lines),
        File("/boot/grub2/device.map", Format.Lines),
        File("/boot/grub2/grubenv", Format.Assignments),
        File("/boot/efi/EFI/*/grubenv", Format.Assignments),
        File("/boot/loader/loader.conf", Format.Lines),
        File("/boot/loader/entries/*.conf", Format.Lines),
        File("/etc/default/grub", Format.Assignments),
        File("/etc/default/grub.d/*", Format.Assignments),
        File("/etc/sysconfig/kernel", Format.Assignments),
        File("/etc/kernel/cmdline", Format.KernelArguments),
        File("/etc/kernel/install.d/**", Format.Script),
        File("/etc/dracut.conf", Format.Assignments),
        File("/etc/dracut.conf.d/*", Format.Assignments),
        File("/etc/initramfs-tools/*.conf", Format.Assignments),
        File("/etc/initramfs-tools/**", Format.Script),
        File("/etc/modules-load.d/*", Format.Items),
        File("/etc/modules", Format.Items),
        File("/etc/sysconfig/modules/*", Format.Script),
        File("/etc/rc.modules", Format.Script),
        Tool("default-kernel", "grubby --default-kernel", Format.SingleValue),
        Tool("kernels", "grubby --info=ALL", Format.BootKernels) with { Expecting = "kernel=" },
        // Which entry this boot took is no configuration.
        Tool("efi-entries", "[ ! -d /sys/firmware/efi ] || efibootmgr", Format.Lines)
            with { Needs = "efibootmgr", Filter = "sed '/^BootCurrent/d'" },
    ];

    public override Risk Risk => Risk.RecoveryAtRisk;

    public override string Why => "the server may boot another kernel, or none: Lustre needs the kernel that its modules were built for";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // grub writes these at every boot.
        Noise("*/grubenv: boot_*"),
        Risky("default-kernel: *", Risk.RecoveryAtRisk, "IML makes the newest _lustre kernel the default: with any other the targets cannot be mounted after a reboot", KeyMeaning.Shared),
        Risky("*/grubenv: saved_entry", Risk.RecoveryAtRisk, "the saved entry is the kernel of the next boot", KeyMeaning.PerHost),
        Risky("/etc/modules-load.d/*", Risk.Config, "other modules are loaded at boot", KeyMeaning.Shared),
        Risky("*: GRUB_TIMEOUT*", Risk.Cosmetic, "how long the menu waits is a matter of taste"),
        Risky("*timeout", Risk.Cosmetic, "how long the menu waits is a matter of taste"),
        Risky("efi-entries: Timeout", Risk.Cosmetic, "how long the menu waits is a matter of taste"),
        Risky("*password*", Risk.Security, "the boot loader's password guards the console"),
        Risky("*user.cfg*", Risk.Security, "the boot loader's password guards the console"),
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) => BootChange.OnThisDisk(wanted, found);

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        var left = (from difference in Compare(Adapted(wanted, found, context), found)
                    let place = new Setting(difference.Key, "").Place
                    where place.StartsWith("/etc/grub.d/", StringComparison.Ordinal) || place.EndsWith("/custom.cfg", StringComparison.Ordinal)
                    select place).Distinct().ToList();
        if (left.Count > 0)
            yield return $"scripts of the boot menu may name the old disk: compare them with the backup's: {string.Join(' ', left.Take(10))}";
        if (context.Platform.EnterpriseLinux is <= 6 && Facts(wanted) is BootLoaderFacts { DefaultKernel: { } kernel } were
            && were.Kernels.FirstOrDefault(known => kernel.EndsWith(known.Path, StringComparison.Ordinal)) is { Arguments: not null })
            yield return $"on this release the kernel's arguments stand in grub.conf alone: compare 'grubby --info {kernel}' with 'relustre show HOST --component boot-loader'";
    }

    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        BootChange.Steps(wanted, found, differences, Facts(wanted) as BootLoaderFacts, Facts(found) as BootLoaderFacts);

    public override ComponentFacts? Facts(ComponentState state) => state is { Files: [], Tools: [] } ? null : new BootLoaderFacts
    {
        Kind = KindOf(state),
        DefaultKernel = state.Said("default-kernel")?.Trim().OrNull,
        SavedEntry = Format.Assignments.Read(EnvironmentOf(state)?.Text ?? "").Last("saved_entry"),
        CommandLine = Format.Assignments.Read(state.Text("/etc/default/grub") ?? "").Last("GRUB_CMDLINE_LINUX"),
        Kernels = [.. KernelsIn(state.Said("kernels") ?? ""), .. state.In("/boot/loader/entries").Select(EntryIn)],
        ModulesToLoad =
        [
            .. from file in (IEnumerable<CapturedFile>)[.. state.In("/etc/modules-load.d"), .. state.Files.Where(file => file.Path == "/etc/modules")]
               from row in Lines.Rows(file.Text)
               select row[0],
        ],
        HasPassword = state.Files.Any(HasPassword),
    };

    private static BootLoaderFacts.Loader? KindOf(ComponentState state) =>
        state.In("/boot/loader/entries").Any() ? BootLoaderFacts.Loader.BootLoaderSpecification
        : state.Files.Any(file => file.Path.EndsWith("/grub.cfg", StringComparison.Ordinal)) ? BootLoaderFacts.Loader.Grub2
        : state.Files.Any(file => file.Path.EndsWith("/grub.conf", StringComparison.Ordinal)) ? BootLoaderFacts.Loader.GrubLegacy
        : null;

    private static CapturedFile? EnvironmentOf(ComponentState state) =>
        state.Files.FirstOrDefault(file => file.Kind == FileKind.File && file.Path.EndsWith("/grubenv", StringComparison.Ordinal));

    // grubby prints a block of key=value lines for each kernel; "index" (or, from EL6 on trees, "boot") begins one.
    private static IEnumerable<BootLoaderFacts.Kernel> KernelsIn(string text)
    {
        string? path = null, arguments = null, root = null;
        foreach (var setting in Format.Assignments.Read(text).Append(new Setting("kernel", "")))
        {
            if (setting.Key == "kernel")
            {
                if (path is not null)
                    yield return new BootLoaderFacts.Kernel(path, SecretText.IsIn(arguments ?? "") ? null : arguments, root);
                (path, arguments, root) = (setting.Value, null, null);
            }
            else if (setting.Key == "args")
                arguments = setting.Value;
            else if (setting.Key == "root")
                root = setting.Value;
        }
    }

    private static BootLoaderFacts.Kernel EntryIn(CapturedFile file)
    {
        var settings = Format.Lines.Read(file.Text).ToList();
        var options = settings.Last("options");
        return new BootLoaderFacts.Kernel(settings.Last("linux") ?? file.Path, SecretText.IsIn(options ?? "") ? null : options, Root: null);
    }

    private static bool HasPassword(CapturedFile file) => file.Path.EndsWith("/user.cfg", StringComparison.Ordinal)
        || file.Text.Contains("\npassword", StringComparison.Ordinal) || file.Text.Contains("password_pbkdf2 ", StringComparison.Ordinal);
}
