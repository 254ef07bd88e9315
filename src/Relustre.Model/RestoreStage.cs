namespace Relustre;

/// <summary>The order in which a server comes back, from top to bottom; components of one stage go by name.</summary>
public enum RestoreStage
{
    /// <summary>Where a whole pair was lost: nothing of its old cluster starts by itself.</summary>
    Quiet,

    Access,
    Naming,
    Security,

    /// <summary>IML's agent: older repositories open only to its certificate.</summary>
    Agent,
    Repositories,

    /// <summary>Names of LUNs and the host id, before anything sees a pool or a target.</summary>
    Storage,
    Network,
    Packages,

    /// <summary>Which of the installed kernels boots, and how.</summary>
    Kernel,
    Accounts,
    Platform,
    Lnet,
    Cluster,
    Services,
    Resources,

    /// <summary>What package scripts rewrote is put right.</summary>
    LookAgain,
    Reboot,

    /// <summary>Kernel, LNet and NIDs are what they were.</summary>
    Verification,

    /// <summary>The cluster's services start, after their gates.</summary>
    Rejoin,

    /// <summary>Where a whole pair was lost: the cluster's configuration comes back, and nothing starts with it.</summary>
    Configuration,

    /// <summary>Where a whole pair was lost: the targets start in Lustre's order.</summary>
    Serving,

    /// <summary>Resources go home.</summary>
    Failback,
}
