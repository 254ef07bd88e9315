namespace Relustre.Rules;

/// <summary>The table of contents: every named rule there is. docs/rules.md tells them to administrators.</summary>
public sealed class RuleBook(IReadOnlyList<Rule> rules)
{
    public static RuleBook BuiltIn { get; } = new(
    [
        // What the cluster is told.
        new StonithDisabled(),
        new FencingLent(),
        new NoFenceDevice(),
        new FenceAttributesMissing(),
        new FenceKindsMixed(),
        new FenceAddressShared(),
        new MaintenanceMode(),
        new MaintenanceLent(),
        new NodeStandby(),
        new LeftoverMove(),
        new TargetLocations(),
        new QuorumPolicy(),
        // What one server has.
        new AgentIdentity(),
        new AgentMissing(),
        new AuthKeyMissing(),
        new CertificateExpiry(),
        new ClusterAutostart(),
        new HostIdUnset(),
        new NotInNodelist(),
        new OneNodeNodelist(),
        new PcsdTokensMissing(),
        new RingNameUnknown(),
        new TargetAutostart(),
        new TargetNotVisible(),
        // What a pair has between them.
        new AccountIdsDiffer(),
        new AuthKeysDiffer(),
        new CibBackupsDiffer(),
        new CibCopiesDiffer(),
        new ClocksApart(),
        new ClusterAutostartDiffers(),
        new HostIdShared(),
        new LnetNetworksDiffer(),
        new LunNotVisible(),
        new McastPortsDiffer(),
        new MultipathAliasesDiffer(),
        new PackagesDiffer(),
        new RingsSwapped(),
        new TargetOnOtherLun(),
        new TargetPlacesDiffer(),
        new TimeServersDiffer(),
    ]);

    public IReadOnlyList<Rule> Rules { get; } = rules;

    public IEnumerable<ServerRule> OfServers => Rules.OfType<ServerRule>();

    public IEnumerable<PairRule> OfPairs => Rules.OfType<PairRule>();

    /// <summary>What is compared better by a rule of its own than setting by setting.</summary>
    public IReadOnlyList<string> CoveredIn(string component) => [.. Rules.Where(rule => rule.Component == component).SelectMany(rule => rule.Covers).Distinct()];
}
