using Relustre.Facts;

namespace Relustre.Snapshots;

/// <summary>What all components of one server tell: each from its own state, and the mount points from what all the others know.</summary>
internal static class FactsOfHost
{
    private const string MountPoints = "mount-points";

    /// <summary>By the components' names; a component that fails at a server's text is a problem and no fact.</summary>
    public static IReadOnlyDictionary<string, ComponentFacts> Of(
        IReadOnlyList<(Component Component, ComponentState State)> host, List<ManifestProblem> problems)
    {
        var told = new Dictionary<string, ComponentFacts>(StringComparer.Ordinal);
        foreach (var (component, state) in host.Where(one => one.State is not { Files: [], Tools: [] }))
            if (Guarded(component.Name, () => component.Facts(state), problems) is { } facts)
                told[component.Name] = facts;
        var targets = Guarded(MountPoints, () => TargetMounts.Of(told.Values), problems) ?? [];
        if (targets.Count > 0 && host.Any(one => one.Component.Name == MountPoints))
            told[MountPoints] = (told.GetValueOrDefault(MountPoints) as MountPointsFacts ?? new()) with { Targets = targets };
        return told;
    }

    private static T? Guarded<T>(string component, Func<T?> read, List<ManifestProblem> problems) where T : class
    {
        try
        {
            return read();
        }
#pragma warning disable CA1031 // Whatever a server's text does to our reading of it, its bytes must still reach the vault.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            problems.Add(new ManifestProblem(component, $"its facts could not be read ({bug.GetType().Name}); the files are captured. This is a bug: please report it"));
            return null;
        }
    }
}
