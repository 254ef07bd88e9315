namespace Relustre.Facts;

/// <summary>What boots on the server.</summary>
public sealed record BootLoaderFacts : ComponentFacts
{
    public enum Loader
    {
        GrubLegacy,
        Grub2,
        BootLoaderSpecification,
    }

    public Loader? Kind { get; init; }

    /// <summary>Path of the kernel that boots next.</summary>
    public string? DefaultKernel { get; init; }

    /// <summary>What grub's environment block names as the default entry.</summary>
    public string? SavedEntry { get; init; }

    /// <summary>GRUB_CMDLINE_LINUX: what a new kernel's command line is made from.</summary>
    public string? CommandLine { get; init; }

    public required IReadOnlyList<Kernel> Kernels { get; init; }

    public required IReadOnlyList<string> ModulesToLoad { get; init; }

    /// <summary>The boot menu asks for a password (which is not here).</summary>
    public bool HasPassword { get; init; }

    public sealed record Kernel(string Path, string? Arguments, string? Root);
}
