namespace Relustre.Facts;

/// <summary>Which machine this is and what runs on it.</summary>
public sealed record SystemFacts : ComponentFacts
{
    public string? HostName { get; init; }

    /// <summary>As the server words it: "CentOS Linux release 7.6.1810 (Core)".</summary>
    public string? Release { get; init; }

    /// <summary>As in os-release: rhel, centos, rocky, almalinux, debian, ubuntu.</summary>
    public string? Distribution { get; init; }

    public string? Version { get; init; }

    /// <summary>The major version of RHEL that it is or is built from; null: another family.</summary>
    public int? EnterpriseLinux { get; init; }

    public string? Kernel { get; init; }

    public string? Architecture { get; init; }

    public string? CommandLine { get; init; }

    /// <summary>Eight hexadecimal digits; ZFS marks its pools with it.</summary>
    public string? HostId { get; init; }

    /// <summary>It stands in /etc/hostid; otherwise it is made from the address and changes with that.</summary>
    public bool HostIdIsFixed { get; init; }

    public string? MachineId { get; init; }

    public string? Locale { get; init; }

    public string? Keyboard { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>UTC or LOCAL.</summary>
    public string? HardwareClock { get; init; }

    public string? Manufacturer { get; init; }

    public string? Product { get; init; }

    public string? SerialNumber { get; init; }
}
