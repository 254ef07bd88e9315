using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Servers of a pair with different software under their targets.</summary>
internal sealed class PackagesDiffer() : PairRule("packages-differ", "packages", Risk.FailoverAtRisk)
{
    private static readonly string[] vital = ["lustre", "kmod-lustre", "zfs", "kmod-zfs", "corosync", "pacemaker", "libqb", "e2fsprogs", "fence-agents", "resource-agents", "kernel-lustre"];
    private static readonly string[] alike = ["pcs", "chroma-agent", "python2-iml-agent", "rust-iml-agent", "device-mapper-multipath", "chrony", "ntp"];

    public override string Why => "a target that one version has written may not start on the other, and nodes of different versions may not form a cluster";

    public override string Source => "IML's high availability specification: the same system on both; appendix C installs 'the latest', so a rebuilt server may be ahead";

    public override string NextStep => "bring the older one up to the other while it serves nothing ('yum install NAME-VERSION' takes the very one)";

    public override IReadOnlyList<string> Facts => ["packages", "system"];

    public override IReadOnlyList<string> Covers =>
        [.. vital.Concat(alike).SelectMany(name => new[] { $"rpm: {name}.*", $"rpm: {name}-*", $"dpkg: {name}.*", $"dpkg: {name}-*" })];

    public override IEnumerable<Finding> Check(PairView pair) =>
    [
        .. WhereTheyDiffer(pair, "running kernel", server => server.Fact<SystemFacts>()?.Kernel),
        .. Installed(pair),
    ];

    private IEnumerable<Finding> Installed(PairView pair)
    {
        var known = pair.Servers.Where(server => server.Fact<PackagesFacts>() is { Packages.Count: > 0 })
            .ToDictionary(server => server.Host, server => server.Fact<PackagesFacts>()!.Packages.Where(package => Counts(package.Name)).ToLookup(package => package.Name)); // looked at in the line above
        return from name in known.Values.SelectMany(packages => packages.Select(same => same.Key)).Distinct().Order(StringComparer.Ordinal)
               from finding in WhereTheyDiffer(pair, name, server => known.GetValueOrDefault(server.Host) is { } packages ? Versions(packages[name]) : null)
               select finding with { Risk = IsOf(vital, name) ? Risk : Risk.Config };
    }

    // Kernels lie side by side, and only the running one counts.
    private static bool Counts(string name) => IsOf(vital, name) || IsOf(alike, name);

    private static bool IsOf(string[] names, string package) =>
        names.Any(name => package == name || (package.StartsWith(name, StringComparison.Ordinal) && package[name.Length] == '-' && !package.EndsWith("-debuginfo", StringComparison.Ordinal)));

    private static string Versions(IEnumerable<PackagesFacts.Package> packages) =>
        string.Join(", ", from package in packages
                          let version = package.Release is null ? package.Version : $"{package.Version}-{package.Release}"
                          orderby version
                          select version) is { Length: > 0 } versions ? versions : "(not installed)";
}
