namespace Relustre.Facts;

/// <summary>How the server was installed, as far as its recipe may be shown.</summary>
public sealed record KickstartFacts : ComponentFacts
{
    public required IReadOnlyList<Recipe> Recipes { get; init; }

    public sealed record Recipe
    {
        public required string Path { get; init; }

        /// <summary>The command that names the installation's source, without a password.</summary>
        public string? InstalledFrom { get; init; }

        public required IReadOnlyList<string> Partitioning { get; init; }

        public required IReadOnlyList<string> Packages { get; init; }
    }
}
