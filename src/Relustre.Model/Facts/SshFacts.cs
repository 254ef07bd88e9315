namespace Relustre.Facts;

/// <summary>How the server is reached and known. Public keys only.</summary>
public sealed record SshFacts : ComponentFacts
{
    public required IReadOnlyList<string> Ports { get; init; }

    public string? PermitRootLogin { get; init; }

    public string? PasswordAuthentication { get; init; }

    public string? CryptoPolicy { get; init; }

    public required IReadOnlyList<PublicKey> HostKeys { get; init; }

    /// <summary>Keys that open root's account.</summary>
    public required IReadOnlyList<PublicKey> RootMayEnter { get; init; }

    public sealed record PublicKey
    {
        public required string File { get; init; }

        public required string Type { get; init; }

        /// <summary>As ssh-keygen -l prints it.</summary>
        public required string Fingerprint { get; init; }

        public string? Comment { get; init; }
    }
}
