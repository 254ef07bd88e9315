using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>
/// What of a cluster is lent for a while: one of its properties has another value meanwhile. Fencing that is switched off lets targets start
/// twice on shared disks, so it takes a gate's name; a cluster in maintenance starts nothing anywhere, and takes none.
/// </summary>
public sealed record LeaseKind
{
    // Nothing set means that it is on.
    public static LeaseKind Fencing { get; } = new()
    {
        Name = "fencing",
        Property = "relustre-fencing-lease",
        Setting = "stonith-enabled",
        During = "false",
        Before = "true",
        State = "fencing is suspended",
        Doubt = "its cluster's fencing is suspended",
        None = "no lease suspends fencing",
        Over = "fencing is on again",
        EndCommand = "relustre fencing resume",
        Gate = FencingSuspended.GateName,
        Longest = TimeSpan.FromHours(8),
    };

    public static LeaseKind Maintenance { get; } = new()
    {
        Name = "maintenance",
        Property = "relustre-maintenance-lease",
        Setting = "maintenance-mode",
        During = "true",
        Before = "false",
        State = "the cluster is in maintenance",
        Doubt = "its cluster is in maintenance",
        None = "no lease holds it in maintenance",
        Over = "the cluster is at work again",
        EndCommand = "relustre maintenance end",
        Longest = TimeSpan.FromHours(24),
    };

    public static IReadOnlyList<LeaseKind> All { get; } = [Fencing, Maintenance];

    public required string Name { get; init; }

    /// <summary>The cluster's property in which the lease stands.</summary>
    public required string Property { get; init; }

    /// <summary>The cluster's property that is lent.</summary>
    public required string Setting { get; init; }

    /// <summary>Its value while the lease lasts.</summary>
    public required string During { get; init; }

    /// <summary>Its value otherwise, which is also what it means to set none.</summary>
    public required string Before { get; init; }

    /// <summary>How the cluster is meanwhile, as the beginning of a sentence.</summary>
    public required string State { get; init; }

    /// <summary>What a server does not tell that does not answer.</summary>
    public required string Doubt { get; init; }

    public required string None { get; init; }

    /// <summary>How it is when it was given back.</summary>
    public required string Over { get; init; }

    /// <summary>What ends it, but for the name of the pair or of a server of it.</summary>
    public required string EndCommand { get; init; }

    /// <summary>The gate whose name must be typed for it; null: none.</summary>
    public string? Gate { get; init; }

    public required TimeSpan Longest { get; init; }

    /// <summary>What is told where the cluster is so, and no lease says until when.</summary>
    public string Unleased => $"{State}, and by no lease: nothing ends it by itself, 'pcs property set {Setting}={Before}' does";

    /// <summary>Whether a value says that nothing is lent: Pacemaker has five words for each.</summary>
    public bool IsBefore(string value) => value.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "y" or "1" => Before == "true",
        "false" or "no" or "off" or "n" or "0" => Before == "false",
        _ => false,
    };
}
