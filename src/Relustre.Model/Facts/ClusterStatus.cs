namespace Relustre.Facts;

/// <summary>What a running cluster says about itself at this moment, in whatever spelling its Pacemaker has (1.1 to 2.1).</summary>
public sealed record ClusterStatus
{
    public string? Version { get; init; }

    /// <summary>The node that decides for all (DC); null: none is elected.</summary>
    public string? Coordinator { get; init; }

    public bool HasQuorum { get; init; }

    /// <summary>IML sets <c>ignore</c> for its pairs, which then go on without quorum; null: this Pacemaker's status does not have it.</summary>
    public string? NoQuorumPolicy { get; init; }

    /// <summary><c>stonith-enabled</c>; null: this Pacemaker's status does not have it.</summary>
    public bool? IsFencing { get; init; }

    /// <summary><c>maintenance-mode</c>: the cluster starts, stops and watches nothing.</summary>
    public bool IsInMaintenance { get; init; }

    public IReadOnlyList<Node> Nodes { get; init; } = [];

    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>What <c>crm_mon --output-as=xml</c>, or an older one's <c>-X</c>, printed; null: that is no whole status of a cluster.</summary>
    public static ClusterStatus? Read(string text) => ClusterStatusReading.Of(text);

    /// <summary>The only node of one of these names; a short name stands for the one it begins. Null: none, or nobody can tell which.</summary>
    public Node? NodeOf(params IEnumerable<string?> names) =>
        names.OfType<string>().Where(name => name.Length > 0).Select(Called).FirstOrDefault(found => found is not null);

    private Node? Called(string name) =>
        Nodes.FirstOrDefault(node => node.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (Nodes.Where(node => Short(node.Name).Equals(Short(name), StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : null);

    private static string Short(string name) => name.Split('.')[0];

    public sealed record Node
    {
        public required string Name { get; init; }

        public bool IsOnline { get; init; }

        /// <summary>It is joining, and takes part in nothing yet.</summary>
        public bool IsPending { get; init; }

        /// <summary>Nobody knows what it does: the cluster wants to fence it.</summary>
        public bool IsUnclean { get; init; }

        /// <summary>It is to run nothing: by hand, or because something could not be stopped on it.</summary>
        public bool IsStandby { get; init; }

        public bool IsInMaintenance { get; init; }

        public bool IsShuttingDown { get; init; }

        public bool IsCoordinator { get; init; }

        /// <summary>A member that may run resources.</summary>
        public bool IsServing => IsOnline && !IsPending && !IsUnclean && !IsStandby && !IsInMaintenance && !IsShuttingDown;
    }

    public sealed record Resource
    {
        public required string Id { get; init; }

        /// <summary>As the CIB writes it, whatever the status does: <c>ocf:chroma:Target</c>.</summary>
        public required string Agent { get; init; }

        public string? Role { get; init; }

        /// <summary>The role that it is told to have (<c>target-role</c>); null: nobody said anything, so it is started.</summary>
        public string? WantedRole { get; init; }

        public bool IsManaged { get; init; }

        public bool IsFailed { get; init; }

        public bool IsBlocked { get; init; }

        /// <summary>It is in no configuration any more.</summary>
        public bool IsOrphaned { get; init; }

        /// <summary>Where it runs.</summary>
        public IReadOnlyList<string> Nodes { get; init; } = [];

        public bool IsStarted => Nodes.Count > 0 && Role is "Started" or "Master" or "Slave" or "Promoted" or "Unpromoted";

        public bool IsStoppedOnPurpose => WantedRole is "Stopped";

        public bool IsFenceDevice => Agent.StartsWith("stonith:", StringComparison.Ordinal);

        /// <summary>It mounts a target of Lustre's, or may: the mounter of any file system is taken for one.</summary>
        public bool IsTarget => Agent is "ocf:chroma:Target" or "ocf:lustre:Lustre" or "ocf:ddn:lustre-server" or "ocf:heartbeat:Filesystem";
    }
}
