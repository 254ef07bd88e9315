namespace Relustre.Facts;

/// <summary>What starts by itself.</summary>
public sealed record ServicesFacts : ComponentFacts
{
    /// <summary>systemd's target, or "runlevel 3" where there is none.</summary>
    public string? DefaultTarget { get; init; }

    public required IReadOnlyList<Unit> Units { get; init; }

    public required IReadOnlyList<SysVService> SysV { get; init; }

    public required IReadOnlyList<XinetdService> Xinetd { get; init; }

    /// <summary>Units that nothing can start.</summary>
    public required IReadOnlyList<string> Masked { get; init; }

    /// <summary>Changes to units, as "sshd.service.d/limits.conf".</summary>
    public required IReadOnlyList<string> DropIns { get; init; }

    /// <summary>Units that the site wrote or replaced.</summary>
    public required IReadOnlyList<string> LocalUnits { get; init; }

    /// <param name="State">enabled, disabled, static, masked and so on.</param>
    /// <param name="Preset">What the distribution wants; null: nothing, or an older systemd, which does not tell.</param>
    public sealed record Unit(string Name, string State, string? Preset);

    /// <param name="Levels">Runlevels that it is on in, such as "2345"; empty: none.</param>
    public sealed record SysVService(string Name, string Levels);

    public sealed record XinetdService(string Name, bool IsOn);
}
