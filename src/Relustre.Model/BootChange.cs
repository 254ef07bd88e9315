using System.Text;
using System.Text.RegularExpressions;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre;

/// <summary>
/// How the kernel boots: what people write is put back, and the loader's own files are made from it by its own tools. What names
/// this very disk stays as the installer wrote it.
/// </summary>
internal static partial class BootChange
{
    private const string Defaults = "/etc/default/grub";

    private static readonly string[] Ours =
    [
        Defaults, "/etc/default/grub.d/", "/etc/sysconfig/kernel", "/etc/kernel/", "/etc/dracut.conf", "/etc/dracut.conf.d/", "/etc/initramfs-tools/",
        "/etc/modules-load.d/", "/etc/modules", "/etc/sysconfig/modules/", "/etc/rc.modules", "/boot/grub2/user.cfg",
    ];

    private static readonly string[] OfInitramfs = ["/etc/dracut.conf", "/etc/initramfs-tools/"];

    private static readonly string[] OfDisk = ["root=", "resume=", "rd.lvm.", "rd.luks.", "rd.md.", "rd_LVM_LV=", "rd_LUKS_UUID=", "rd_MD_UUID="];

    // On EL9 the EFI folder has a file that only points to the other one, and must stay so.
    private const string MakeMenu = """
        if command -v update-grub >/dev/null; then update-grub 2>&1; exit; fi
        command -v grub2-mkconfig >/dev/null || exit 0
        m=/boot/grub2/grub.cfg
        if [ -d /sys/firmware/efi ]; then for f in /boot/efi/EFI/*/grub.cfg; do [ ! -s "$f" ] || grep -q '^configfile' "$f" || m=$f; done; fi
        grub2-mkconfig -o "$m" 2>&1 || exit
        [ ! -d /boot/loader/entries ] || ! command -v grubby >/dev/null || { . /etc/default/grub; grubby --update-kernel=ALL --args="$GRUB_CMDLINE_LINUX"; }
        """;

    private const string MakeInitramfs = """
        if command -v update-initramfs >/dev/null; then update-initramfs -u 2>&1; exit; fi
        command -v dracut >/dev/null || exit 0
        k=${1##*/vmlinuz-}; [ -n "$1" ] && [ -e "/lib/modules/$k" ] || k=$(uname -r)
        [ ! -e "/boot/initramfs-$k.img" ] || dracut -f "/boot/initramfs-$k.img" "$k" 2>&1
        """;

    private const string SetDefault = """
        command -v grubby >/dev/null || exit 0
        [ "$(grubby --default-kernel 2>/dev/null)" != "$1" ] || exit 0
        [ -e "$1" ] || { echo "the kernel $1 is not installed" >&2; exit 1; }
        grubby --set-default "$1" && [ "$(grubby --default-kernel)" = "$1" ]
        """;

    [GeneratedRegex("""^(?<before>\s*GRUB_CMDLINE_LINUX(_DEFAULT)?=)(?<quote>["']?)(?<value>[^"'\n]*)\k<quote>(?<after>\s*)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommandLine { get; }

    public static bool IsOurs(string path) => Ours.Any(place => place.EndsWith('/') ? path.StartsWith(place, StringComparison.Ordinal) : path == place);

    /// <summary>What the backup says, with this server's disk.</summary>
    public static ComponentState OnThisDisk(ComponentState wanted, ComponentState found) =>
        wanted.File(Defaults) is { Kind: FileKind.File } file && found.Text(Defaults) is { } text
            ? wanted with { Files = [.. wanted.Files.Select(other => other == file ? file with { Content = Encoding.UTF8.GetBytes(WithDisk(file.Text, text)) } : other)] }
            : wanted;

    public static IEnumerable<RestoreStep> Steps(ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, BootLoaderFacts? were, BootLoaderFacts? are)
    {
        List<Difference> ours = [.. differences.Where(difference => IsOurs(new Setting(difference.Key, "").Place))];
        var kernel = were?.DefaultKernel is { } path && path.StartsWith("/boot/", StringComparison.Ordinal) && path != are?.DefaultKernel ? path : null;
        return
        [
            .. FileChanges.Of(wanted, found, ours),
            .. kernel is null ? Array.Empty<RestoreStep>() : [new RunTool($"boot {kernel}", StepScript.Command("set-default-kernel", SetDefault, kernel))],
            .. !ours.Exists(difference => IsAt(difference, [Defaults])) ? Array.Empty<RestoreStep>()
                : [new RunTool("make the boot menu from its settings", StepScript.Command("make-menu", MakeMenu) with { TimeLimit = 300 })],
            .. !ours.Exists(difference => IsAt(difference, OfInitramfs)) ? Array.Empty<RestoreStep>()
                : [new RunTool("make the initramfs from its settings", StepScript.Command("make-initramfs", MakeInitramfs, were?.DefaultKernel ?? "") with { TimeLimit = 600 })],
        ];
    }

    private static bool IsAt(Difference difference, string[] places) => places.Any(place => difference.Key.StartsWith(place, StringComparison.Ordinal));

    private static string WithDisk(string wanted, string found)
    {
        var disk = (from Match match in CommandLine.Matches(found) from word in match.Groups["value"].Value.Words where IsOfDisk(word) select word).Distinct().ToList();
        return CommandLine.Replace(wanted, match =>
        {
            var isDefault = match.Groups["before"].Value.Contains("_DEFAULT", StringComparison.Ordinal);
            var words = match.Groups["value"].Value.Words.Where(word => !IsOfDisk(word)).Concat(isDefault ? [] : disk);
            return $"{match.Groups["before"].Value}{match.Groups["quote"].Value}{string.Join(' ', words)}{match.Groups["quote"].Value}{match.Groups["after"].Value}";
        });
    }

    private static bool IsOfDisk(string word) => OfDisk.Any(start => word.StartsWith(start, StringComparison.Ordinal));
}
