using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>What gates may look at.</summary>
public sealed record GateView
{
    public required RestorePlan Plan { get; init; }

    /// <summary>The server that is restored.</summary>
    public required HostShell Host { get; init; }

    /// <summary>The others of its pair; empty: it stands alone, or the site does not say.</summary>
    public IReadOnlyList<HostShell> Partners { get; init; } = [];

    /// <summary>What the server was, typed, by component.</summary>
    public required IReadOnlyDictionary<string, ComponentFacts> Wanted { get; init; }

    /// <summary>The site's restores; null: nobody has said where they are.</summary>
    public RestoreBook? Book { get; init; }

    /// <summary>The time of this machine.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The partner's cluster at the moment at which all gates of a step look at it; null: each asks for itself.</summary>
    internal Lazy<Task<PartnerCluster>>? Cluster { get; init; }

    /// <summary>The server's name, for people.</summary>
    public string Name => Host.Host.Name;

    /// <summary>By what the cluster may know the server.</summary>
    public IEnumerable<string?> Names => [WantedOf<SystemFacts>()?.HostName, Name];

    public T? WantedOf<T>() where T : ComponentFacts => Wanted.Values.OfType<T>().FirstOrDefault();
}
