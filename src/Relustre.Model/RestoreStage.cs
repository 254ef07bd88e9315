namespace Relustre;

/// <summary>The order in which a server comes back, from top to bottom; components of one stage go by name.</summary>
public enum RestoreStage
{
    Access,
    Naming,
    Network,
    Security,
    Packages,
    Platform,
    Storage,
    Lnet,
    Cluster,
    Resources,
    Management,
}
