namespace Relustre.Facts;

/// <summary>What is installed.</summary>
public sealed record PackagesFacts : ComponentFacts
{
    public required IReadOnlyList<Package> Packages { get; init; }

    public required IReadOnlyList<ModuleStream> ModuleStreams { get; init; }

    /// <summary>Path of the kernel that boots next.</summary>
    public string? DefaultKernel { get; init; }

    public sealed record Package
    {
        public required string Name { get; init; }

        /// <summary>0 where it has none; null on Debian, where it is part of the version.</summary>
        public string? Epoch { get; init; }

        public required string Version { get; init; }

        /// <summary>Null on Debian.</summary>
        public string? Release { get; init; }

        public required string Arch { get; init; }

        /// <summary>Id of the repository it came from; null: nobody remembers.</summary>
        public string? Origin { get; init; }

        /// <summary>Somebody asked for it; false: it was pulled in; null: nobody remembers.</summary>
        public bool? IsRequested { get; init; }

        /// <summary>True: held back from upgrades; null: not, as far as the package tool knows.</summary>
        public bool? IsHeld { get; init; }
    }

    public sealed record ModuleStream(string Name, string? Stream, string? Profiles, string? State);
}
