namespace Relustre.Facts;

/// <summary>What SELinux does on the server.</summary>
public sealed record SELinuxFacts : ComponentFacts
{
    /// <summary>What the next boot brings: enforcing, permissive or disabled.</summary>
    public string? Configured { get; init; }

    public string? Policy { get; init; }

    /// <summary>What holds now.</summary>
    public string? Mode { get; init; }

    /// <summary>Lines that semanage would import: booleans, ports, file contexts, logins.</summary>
    public required IReadOnlyList<string> Customizations { get; init; }

    /// <summary>Policy modules that the site installed.</summary>
    public required IReadOnlyList<string> Modules { get; init; }
}
