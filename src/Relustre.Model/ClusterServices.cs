namespace Relustre;

/// <summary>
/// Services by which a node takes part in its cluster. They start by themselves again only when the node has been verified;
/// pcsd is not among them, since it touches nothing until somebody asks.
/// </summary>
public static class ClusterServices
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "corosync", "corosync-notifyd", "corosync-qdevice", "pacemaker", "pacemaker_remote", "cman", "heartbeat", "sbd", "dlm", "clvmd", "lvmlockd", "booth-arbitrator", "booth@",
        "rgmanager", "gfs2", "modclusterd", "openais",
    ];

    /// <param name="unit">As systemd names it, or chkconfig.</param>
    public static bool Has(string unit)
    {
        var name = unit.EndsWith(".service", StringComparison.Ordinal) ? unit[..^".service".Length] : unit;
        return Names.Contains(name) || Names.Any(known => known.EndsWith('@') && name.StartsWith(known, StringComparison.Ordinal));
    }
}
