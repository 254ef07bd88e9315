using Relustre.Facts;
using Relustre.Steps;

namespace Relustre;

/// <summary>Brings back the packages that were installed, to the release. What is there beyond them stays.</summary>
public static class PackageChange
{
    private const int TimeLimit = 1800;

    // A longer list travels as input: some kernels take no argument above 128 KiB, and ssh makes one of the whole command.
    private const int MaxArguments = 40_000;

    private static readonly string[] NoKernels = ["kernel-headers", "kernel-doc", "kernel-tools", "kernel-tools-libs", "kernel-rpm-macros", "kernel-srpm-macros"];

    // yum returns 0 when a package was not found and never lowers a version by "install", so what counts is what is there afterwards.
    // A site's excludes keep versions from moving; here exactly the version that was is asked for.
    private const string RpmScript = """
        tool=$1 repos=$2; shift 2; [ $# -gt 0 ] || set -- $(cat)
        missing() {
          { rpm -qa --qf '%{NAME}-%|EPOCH?{%{EPOCH}}:{0}|:%{VERSION}-%{RELEASE}.%{ARCH}\n' && echo -- && printf '%s\n' "$@"; } |
            awk '$0 == "--" { asked = 1; next } !asked { have[$0] = 1; next } !($0 in have)'
        }
        for verb in install downgrade; do
          left=$(missing "$@"); [ -n "$left" ] || exit 0
          said=$(LC_ALL=C "$tool" -y --disableexcludes=all ${repos:+"--enablerepo=$repos"} $verb $left 2>&1 </dev/null); printf '%s\n' "$said"
        done
        left=$(missing "$@"); [ -n "$left" ] || exit 0
        echo "$tool did not bring" $left "($(printf '%s\n' "$said" | tail -n 1))"; exit 1
        """;

    private const string AptScript = """
        [ $# -gt 0 ] || set -- $(cat)
        missing() {
          { dpkg-query -W -f '${Package}:${Architecture}=${Version} ${Status}\n' | sed -n 's/:all=/=/; s/ [a-z]* ok installed$//p' && echo -- && printf '%s\n' "$@"; } |
            awk '$0 == "--" { asked = 1; next } !asked { have[$0] = 1; next } !($0 in have)'
        }
        left=$(missing "$@"); [ -n "$left" ] || exit 0
        DEBIAN_FRONTEND=noninteractive apt-get -q -y --allow-downgrades --allow-change-held-packages --no-install-recommends \
          -o Dpkg::Options::=--force-confold install $left 2>&1 </dev/null
        left=$(missing "$@"); [ -n "$left" ] || exit 0
        echo "apt-get did not bring" $left; exit 1
        """;

    /// <summary>What was installed and is not, as package tools take it: <c>name-epoch:version-release.arch</c>, Debian's as <c>name:arch=version</c>.</summary>
    public static IReadOnlyList<string> Missing(PackagesFacts wanted, PackagesFacts? found) => [.. MissingPackages(wanted, found).Select(NameOf)];

    /// <summary>Ids of repositories that are switched off and nevertheless have what was installed: IML leaves its own so.</summary>
    public static IReadOnlyList<string> RepositoriesToEnable(PackagesFacts wanted, RepositoriesFacts? repositories)
    {
        var origins = wanted.Packages.Select(package => package.Origin).OfType<string>().ToHashSet();
        return
        [
            .. (from repository in repositories?.Repositories ?? []
                where !repository.IsEnabled && !repository.Id.Contains(' ', StringComparison.Ordinal)
                where origins.Contains(repository.Id) || IsLustres(repository)
                select repository.Id).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    internal static IEnumerable<RestoreStep> Steps(PackagesFacts wanted, PackagesFacts? found, RestoreContext context)
    {
        var (kernels, others) = (MissingPackages(wanted, found).Where(IsKernel).ToList(), MissingPackages(wanted, found).Where(package => !IsKernel(package)).ToList());
        var repositories = RepositoriesToEnable(wanted, context.WantedOf<RepositoriesFacts>());
        // The kernel comes first: modules are built for it, or find it.
        return [.. Install("the kernel", kernels, context.Platform, repositories), .. Install("packages", others, context.Platform, repositories), .. Hold(wanted, found)];
    }

    /// <summary>What is installed and was not. Packages of which only the version differs are no extra ones.</summary>
    internal static IEnumerable<string> Extra(PackagesFacts wanted, PackagesFacts? found)
    {
        var names = wanted.Packages.Select(package => (package.Name, package.Arch)).ToHashSet();
        return from package in found?.Packages ?? [] where !names.Contains((package.Name, package.Arch)) select package.Name;
    }

    private static IEnumerable<PackagesFacts.Package> MissingPackages(PackagesFacts wanted, PackagesFacts? found)
    {
        var there = (found?.Packages ?? []).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        return wanted.Packages.Where(package => IsPlain(NameOf(package)) && !there.Contains(NameOf(package)));
    }

    private static IEnumerable<RestoreStep> Install(string what, List<PackagesFacts.Package> packages, Platform platform, IReadOnlyList<string> repositories)
    {
        if (packages.Count == 0)
            return [];
        var names = packages.Select(NameOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var fits = names.Sum(name => name.Length + 3) < MaxArguments;
        IReadOnlyList<string> arguments = fits ? names : [];
        var command = platform.PackageTool == PackageTool.Apt
            ? StepScript.Command("install-packages", AptScript, arguments)
            : StepScript.Command("install-packages", RpmScript, [ToolOf(platform), string.Join(',', repositories), .. arguments]);
        var shown = packages.Count <= 3 ? $": {string.Join(", ", names)}" : "";
        return [new RunTool($"install {what} ({packages.Count}{shown})", command with
        {
            TimeLimit = TimeLimit,
            Input = fits ? default : System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names)),
        })];
    }

    private static IEnumerable<RestoreStep> Hold(PackagesFacts wanted, PackagesFacts? found)
    {
        var held = (from package in wanted.Packages
                    where package.IsHeld == true && IsPlain(package.Name)
                    where found?.Packages.Any(other => other.Name == package.Name && other.IsHeld == true) != true
                    select package.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        return held.Count == 0 ? [] : [new RunTool($"hold back from upgrades: {string.Join(' ', held)}", new(["apt-mark", "hold", .. held]))];
    }

    private static string ToolOf(Platform platform) => platform.PackageTool == PackageTool.Yum ? "yum" : "dnf";

    private static string NameOf(PackagesFacts.Package package) =>
        package.Release is not null ? $"{package.Name}-{package.Epoch ?? "0"}:{package.Version}-{package.Release}.{package.Arch}"
        : package.Arch == "all" ? $"{package.Name}={package.Version}"
        : $"{package.Name}:{package.Arch}={package.Version}";

    // What a damaged database says must not become an option, a file or a pattern.
    private static bool IsPlain(string name) =>
        char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.+:=~^%".Contains(letter, StringComparison.Ordinal));

    private static bool IsKernel(PackagesFacts.Package package) => (package.Name == "kernel" || package.Name.StartsWith("kernel-", StringComparison.Ordinal)
        || package.Name.StartsWith("linux-image-", StringComparison.Ordinal)) && !NoKernels.Contains(package.Name);

    private static bool IsLustres(RepositoriesFacts.Repository repository) =>
        ((string[])["lustre", "iml", "chroma"]).Any(word => $"{repository.Id} {repository.File}".Contains(word, StringComparison.OrdinalIgnoreCase))
        || (repository.ClientCertificate?.StartsWith("/var/lib/chroma/", StringComparison.Ordinal) ?? false);
}
