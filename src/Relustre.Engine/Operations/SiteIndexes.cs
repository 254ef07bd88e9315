using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>What is read of each server of a site: of one whose keys stay at home, not its private SSH keys.</summary>
public sealed class SiteIndexes(CatalogueIndex whole, CatalogueIndex keyless, IReadOnlySet<string> closed)
{
    /// <summary>The same of every server.</summary>
    public SiteIndexes(CatalogueIndex index) : this(index, index, new HashSet<string>())
    {
    }

    /// <summary>As site.yaml has it, and <paramref name="others"/> that it does not name, such as this machine.</summary>
    public static SiteIndexes Of(Site site, IEnumerable<HostEntry> others) => new(
        new(site.CatalogueFor(sshKeys: true)),
        new(site.CatalogueFor(sshKeys: false)),
        site.File.Hosts.Concat(others).Where(host => !host.SshKeys).Select(host => host.Name).ToHashSet(StringComparer.Ordinal));

    public CatalogueIndex Of(string host) => closed.Contains(host) ? keyless : whole;

    /// <summary>What is read of all of them, so that none lacks what another has for that reason alone.</summary>
    public CatalogueIndex OfAll(IEnumerable<string> hosts) => hosts.Any(closed.Contains) ? keyless : whole;
}
