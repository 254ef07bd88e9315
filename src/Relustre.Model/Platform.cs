using Relustre.Facts;

namespace Relustre;

/// <summary>The dialect of a server: what its steps must speak.</summary>
public sealed record Platform
{
    /// <summary>The major version of RHEL that it is or is built from; null: another family.</summary>
    public int? EnterpriseLinux { get; init; }

    /// <summary>Units; otherwise scripts of System V with runlevels.</summary>
    public bool HasSystemd { get; init; } = true;

    public PackageTool PackageTool { get; init; } = PackageTool.Dnf;

    /// <summary>Of a server as it was captured.</summary>
    public static Platform Of(IEnumerable<ComponentFacts> facts)
    {
        var known = facts.ToList();
        var system = known.OfType<SystemFacts>().FirstOrDefault();
        var services = known.OfType<ServicesFacts>().FirstOrDefault();
        return new Platform
        {
            EnterpriseLinux = system?.EnterpriseLinux,
            HasSystemd = services is null || services.Units.Count > 0,
            PackageTool = system?.EnterpriseLinux switch
            {
                null => PackageTool.Apt,
                <= 7 => PackageTool.Yum,
                _ => PackageTool.Dnf,
            },
        };
    }
}
