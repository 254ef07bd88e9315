using Relustre.Facts;

namespace Relustre.Components;

/// <summary>Cluster membership: totem's timing, the node list, and the key by which the nodes know each other.</summary>
internal sealed class Corosync() : Component("corosync", RestoreStage.Cluster)
{
    // A cluster that is stopped has nothing to say. Corosync holds its lock on this file while it runs, in every release.
    private const string OrStopped = "[ ! -e /var/run/corosync.pid ] || ";

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
        SecretFile("/etc/cluster/cluster.conf", Format.XmlText),
        SecretFile("/etc/cluster/**"),
        File("/etc/sysconfig/corosync", Format.Assignments),
        File("/etc/sysconfig/corosync-notifyd", Format.Assignments),
        File("/etc/sysconfig/corosync-qdevice", Format.Assignments),
        File("/etc/sysconfig/corosync-qnetd", Format.Assignments),
        File("/etc/sysconfig/cman", Format.Assignments),
        File("/etc/default/corosync", Format.Assignments),
        new Source.Tool("cmap.txt", OrStopped + "corosync-cmapctl")
        {
            Needs = "corosync-cmapctl",
            Format = Format.Cmap,
            // What it was told, without what it counts; a key that stands in the text itself is nobody's business.
            Filter = @"awk '/^(totem|nodelist|quorum|logging|service|uidgid|resources|system)\./ && !/^totem\.key /'",
        },
        new Source.Tool("objdb.txt", OrStopped + "corosync-objctl")
        {
            Needs = "corosync-objctl",
            Format = Format.Assignments,
            Filter = @"awk '/^(totem|service|uidgid|logging|quorum|cluster)\./ && !/passw|secret|^totem\.key/'",
        },
        Tool("rings.txt", OrStopped + "corosync-cfgtool -s", Format.Outline) with { Needs = "corosync-cfgtool" },
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "nodes whose totem differs form no cluster, and each fences the other";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/corosync/authkey*", Risk.FailoverAtRisk, "a node with another key joins no cluster: it sees its healthy partner as gone and fences it", KeyMeaning.Shared),
        // pcs raises it with every change of its own, so it tells that something else changed.
        Risky("*config_version", Risk.Cosmetic, "only a count of the file's changes", KeyMeaning.Shared),
        Risky("*mcastport", Risk.FailoverAtRisk, "pairs are told apart by this port alone, since IML calls every cluster the same: both nodes must have it", KeyMeaning.Shared),
        Risky("*mcastaddr", Risk.FailoverAtRisk, "the nodes hear each other at this address", KeyMeaning.Shared),
        Risky("*bindnetaddr", Risk.FailoverAtRisk, "the ring binds to the network of this address: IML up to 4.0 has the management network as ring 0, later the crossover", KeyMeaning.PerHost),
        Risky("*: totem.nodeid", Risk.FailoverAtRisk, "the cluster knows a node by its id, and the CIB refers to it", KeyMeaning.Unique),
        Risky("cmap.txt: nodelist.local_node_pos", Risk.Cosmetic, "which of the nodes this one is follows from the list", KeyMeaning.PerHost),
        Risky("*nodelist*", Risk.FailoverAtRisk, "a node that is not in the list is not in the cluster: a list of one splits the pair", KeyMeaning.Shared),
        Risky("*secauth", Risk.FailoverAtRisk, "nodes of which only one encrypts do not hear each other, and with it the key is mandatory", KeyMeaning.Shared),
        Risky("*crypto_*", Risk.FailoverAtRisk, "nodes of which only one encrypts do not hear each other, and with it the key is mandatory", KeyMeaning.Shared),
        Risky("*two_node", Risk.FailoverAtRisk, "without two_node the survivor of a pair has no quorum", KeyMeaning.Shared),
        Risky("*.token*", Risk.FailoverAtRisk, "IML 3.1 and later wait 17 seconds for the token: a shorter time fences nodes that are only busy", KeyMeaning.Shared),
        Risky("*logging*", Risk.Config, "Corosync logs elsewhere", KeyMeaning.Shared),
        Risky("rings.txt: *", Risk.FailoverAtRisk, "this node does not hear its partner as it did", KeyMeaning.PerHost),
        Risky("/etc/cluster/*", Risk.FailoverAtRisk, "cman forms the cluster and fences by this file", KeyMeaning.Shared),
        Risky("/etc/sysconfig/*", Risk.Config, "the daemon is started with other options"),
        Risky("/etc/default/*", Risk.Config, "the daemon is started with other options"),
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) => CorosyncOfPartner.Of(wanted, context.Partner);

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context) =>
        from place in Compare(wanted, Adapted(wanted, found, context)).Select(difference => new Setting(difference.Key, "").Place).Distinct()
        where CorosyncOfPartner.IsShared(place)
        select $"{place} comes from the living partner, since the backup's is another one";

    public override ComponentFacts? Facts(ComponentState state) => CorosyncReading.Facts(state);
}
