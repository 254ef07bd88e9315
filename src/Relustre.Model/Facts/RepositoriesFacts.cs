namespace Relustre.Facts;

/// <summary>Where the server gets its packages.</summary>
public sealed record RepositoriesFacts : ComponentFacts
{
    public required IReadOnlyList<Repository> Repositories { get; init; }

    /// <summary>Variables of yum and dnf.</summary>
    public required IReadOnlyList<Variable> Variables { get; init; }

    public required IReadOnlyList<string> VersionLocks { get; init; }

    /// <summary>Keys in the RPM database: id, date and owner.</summary>
    public required IReadOnlyList<string> TrustedKeys { get; init; }

    public sealed record Repository
    {
        /// <summary>The section's name; of an apt source the whole line.</summary>
        public required string Id { get; init; }

        public required string File { get; init; }

        /// <summary>Base addresses, mirror lists and metalinks, without passwords.</summary>
        public required IReadOnlyList<string> Addresses { get; init; }

        public bool IsEnabled { get; init; }

        public bool? ChecksSignatures { get; init; }

        public string? CaCertificate { get; init; }

        /// <summary>Path of the certificate by which the server shows who it is: IML's agent certificate up to 4.0.</summary>
        public string? ClientCertificate { get; init; }

        public string? ClientKey { get; init; }
    }

    public sealed record Variable(string Name, string Value);
}
