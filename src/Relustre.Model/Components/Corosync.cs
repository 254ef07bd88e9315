using Relustre.Facts;

namespace Relustre.Components;

/// <summary>Cluster membership: totem's timing, the node list, and the key by which the nodes know each other.</summary>
internal sealed class Corosync() : Component("corosync", RestoreStage.Cluster)
{
    // A cluster that is stopped has nothing to say. Corosync holds its lock on this file while it runs, in every release.
    private const string OrStopped = " || [ ! -e /var/run/corosync.pid ]";

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/corosync/corosync.conf", Format.Braces),
        File("/etc/corosync/uidgid.d/*", Format.Braces),
        File("/etc/corosync/service.d/*", Format.Braces),
        SecretFile("/etc/corosync/authkey"),
        // Their databases hold the certificates that the quorum device trusts, with their keys.
        SecretFile("/etc/corosync/qdevice/**"),
        SecretFile("/etc/corosync/qnetd/**"),
        // EL6's pairs with cman: cluster.conf holds the fence devices' passwords.
        SecretFile("/etc/cluster/**"),
        File("/etc/sysconfig/corosync", Format.Assignments),
        File("/etc/sysconfig/corosync-notifyd", Format.Assignments),
        File("/etc/sysconfig/corosync-qdevice", Format.Assignments),
        File("/etc/sysconfig/corosync-qnetd", Format.Assignments),
        File("/etc/sysconfig/cman", Format.Assignments),
        File("/etc/default/corosync", Format.Assignments),
        new Source.Tool("cmap.txt", "corosync-cmapctl" + OrStopped)
        {
            // What it was told, without what it counts; a key that stands in the text itself is nobody's business.
            Filter = @"awk '/^(totem|nodelist|quorum|logging|service|uidgid|resources|system)\./ && !/^totem\.key /'",
        },
        new Source.Tool("objdb.txt", "corosync-objctl" + OrStopped) { Filter = @"awk '/^(totem|service|uidgid|logging|quorum|cluster)\./ && !/passw|secret|^totem\.key/'" },
        Tool("rings.txt", "corosync-cfgtool -s" + OrStopped),
    ];

    public override ComponentFacts? Facts(ComponentState state) => CorosyncReading.Facts(state);
}
