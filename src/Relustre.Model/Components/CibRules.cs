namespace Relustre.Components;

/// <summary>What depends on the settings of a CIB. It is one for the whole cluster: copies that differ are of different age.</summary>
internal static class CibRules
{
    private const string Fencing = "by these attributes the partner powers this node off before it takes over: without them fence_chroma does nothing, and nothing is taken over";

    private const string Preference = "scores decide where a target belongs: IML gives the primary 20 and the secondary 10";

    private const string ByHand = "a move by hand left this behind, and the cluster obeys it until somebody clears it";

    private const string Operation = "somebody's intervention, not the set-up: the cluster leaves this alone until it is set back";

    public static IReadOnlyList<KeyRule> All { get; } =
    [
        Rule("cib schema: *", Risk.Cosmetic, "Pacemaker upgrades the schema by itself and only ever to a newer one: what the CIB says stays the same"),
        Rule("cib property: stonith-enabled", Risk.DataAtRisk, "without fencing both nodes may mount a target at once, which destroys it: IML supports no cluster without"),
        Rule("cib property: fencing-enabled", Risk.DataAtRisk, "without fencing both nodes may mount a target at once, which destroys it: IML supports no cluster without"),
        Rule("cib property: stonith-action", Risk.DataAtRisk, "a node is taken over from when it was fenced in this way"),
        Rule("cib property: startup-fencing", Risk.DataAtRisk, "a node that was never seen may hold a target"),
        Rule("cib property: no-quorum-policy", Risk.FailoverAtRisk, "a pair has no quorum with one node left: with anything but ignore (or two_node) the survivor stops its targets"),
        Rule("cib property: maintenance-mode", Risk.FailoverAtRisk, "in maintenance the cluster neither takes over nor fences"),
        Rule("cib property: symmetric-cluster", Risk.FailoverAtRisk, "in an asymmetric cluster a target runs only where a constraint lets it"),
        Rule("cib property: placement-strategy", Risk.Config, Preference),
        Rule("cib property: cluster-infrastructure", Risk.Cosmetic, "Pacemaker notes here what it runs on"),
        Rule("cib property: have-watchdog", Risk.Cosmetic, "Pacemaker notes here whether the node has a watchdog"),
        Rule("cib property: cluster-name", Risk.Cosmetic, "IML calls every cluster the same"),
        Rule("cib property: *", Risk.FailoverAtRisk, "a property of the whole cluster"),
        Rule("cib property", Risk.DataAtRisk, "without its properties the cluster runs by Pacemaker's defaults"),
        Rule("cib resource-default: resource-stickiness", Risk.FailoverAtRisk, "IML's stickiness of 1000 keeps a target where it is until somebody moves it: with less it fails back by itself"),
        Rule("cib resource-default: *", Risk.FailoverAtRisk, "a default of every resource: how often it may fail before it moves, and how long that is remembered"),
        Rule("cib node *: ?_fence_*", Risk.FailoverAtRisk, Fencing),
        Rule("cib node *: ??_fence_*", Risk.FailoverAtRisk, Fencing),
        Rule("cib node *: standby", Risk.FailoverAtRisk, "a node in standby takes nothing over, and fence_chroma does not fence it"),
        Rule("cib node *: maintenance", Risk.FailoverAtRisk, "on a node in maintenance nothing is taken over"),
        Rule("cib node *: id", Risk.FailoverAtRisk, "the node list of Corosync and the CIB must call a node the same"),
        Rule("cib node *", Risk.FailoverAtRisk, "a node that the CIB does not know, or knows and does not see, is fenced or left out"),
        Rule("cib resource *: meta target-role", Risk.Config, Operation),
        Rule("cib resource *: meta target_role", Risk.Config, "IML 5.0 and 5.1 misspelt target-role: the cluster ignores this one"),
        Rule("cib resource *: meta is-managed", Risk.FailoverAtRisk, Operation),
        Rule("cib resource *: meta maintenance", Risk.FailoverAtRisk, Operation),
        Rule("cib resource *: parameter target", Risk.DataAtRisk, "the resource mounts another device than it did"),
        Rule("cib resource *: parameter device", Risk.DataAtRisk, "the resource mounts another device than it did"),
        Rule("cib resource *: parameter pool", Risk.DataAtRisk, "the resource imports another pool than it did"),
        Rule("cib resource *: parameter importforce", Risk.DataAtRisk, "a pool that is imported by force may be in use on the other node"),
        Rule("cib resource *: parameter importargs", Risk.DataAtRisk, "a pool that is imported by force may be in use on the other node"),
        Rule("cib resource *: parameter mountpoint", Risk.FailoverAtRisk, "both nodes need this folder"),
        Rule("cib resource *: members", Risk.FailoverAtRisk, "a group starts its members in this order: the pool must be there before the target"),
        Rule("cib resource *: operation *", Risk.FailoverAtRisk, "an operation that may take less time than it needs fails, and a stop that fails gets the node fenced"),
        Rule("cib resource st-fencing*", Risk.DataAtRisk, "without its fencing resource the cluster cannot power a node off"),
        Rule("cib resource *", Risk.FailoverAtRisk, "a target without its resource is started by nobody"),
        Rule("cib cli-*", Risk.FailoverAtRisk, ByHand),
        Rule("cib location *", Risk.FailoverAtRisk, Preference),
        Rule("cib colocation *", Risk.FailoverAtRisk, "what belongs together runs together by this"),
        Rule("cib order *", Risk.FailoverAtRisk, "what needs the other is started after it by this"),
        Rule("cib fencing of *", Risk.DataAtRisk, "a node is fenced by these devices in this order"),
        Rule("cib tag *", Risk.Cosmetic, "a tag is a name for people"),
        Rule("cib alert *", Risk.Config, "somebody is told when the cluster acts, or no more"),
        Rule("cib acl*", Risk.Security, "others may change the cluster"),
        Rule("cib", Risk.FailoverAtRisk, "without a CIB the cluster runs nothing"),
    ];

    private static KeyRule Rule(string pattern, Risk risk, string why) => new(pattern) { Risk = risk, Why = why, Meaning = KeyMeaning.Shared };
}
