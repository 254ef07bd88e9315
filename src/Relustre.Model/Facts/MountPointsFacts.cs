namespace Relustre.Facts;

/// <summary>Folders that are there to mount on, and which target belongs where.</summary>
public sealed record MountPointsFacts : ComponentFacts
{
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>From all that the server's other components know: see <see cref="TargetMounts"/>.</summary>
    public IReadOnlyList<TargetMount> Targets { get; init; } = [];
}
