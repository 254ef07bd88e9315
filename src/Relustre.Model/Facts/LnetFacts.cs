namespace Relustre.Facts;

/// <summary>How a server takes part in Lustre's network, as configured and as it is.</summary>
public sealed record LnetFacts : ComponentFacts
{
    /// <summary>The files that configure it: IML's, lnet.conf, other modprobe.d files.</summary>
    public IReadOnlyList<string> ConfiguredBy { get; init; } = [];

    public IReadOnlyList<LnetNetwork> Configured { get; init; } = [];

    /// <summary>What lnetctl says; empty where LNet is down or the tool too old.</summary>
    public IReadOnlyList<LnetNetwork> Live { get; init; } = [];

    /// <summary>What lctl says. A NID that changes needs a writeconf with the file system down.</summary>
    public IReadOnlyList<string> Nids { get; init; } = [];

    public IReadOnlyList<LnetRoute> Routes { get; init; } = [];
}
