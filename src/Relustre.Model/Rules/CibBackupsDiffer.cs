namespace Relustre.Rules;

/// <summary>The backups of a pair hold two CIBs of different age.</summary>
internal sealed class CibBackupsDiffer() : PairRule("cib-backups-differ", "pacemaker", Risk.RecoveryAtRisk)
{
    public override string Why => "whoever rebuilds the pair from the older backup brings an older cluster back";

    public override string Source => "the CIB belongs to the cluster, backups to hosts: appendix C saves one for each node and does not say which one counts";

    public override string NextStep => "back both up now: 'relustre backup' with both names";

    public override IReadOnlyList<string> BackupFacts => ["pacemaker"];

    public override IEnumerable<Finding> Check(PairView pair) => pair.Servers.All(server => server.CapturedAt is not null)
        ? [] // Two snapshots are looked at, and their CIBs compared as such.
        : WhereTheyDiffer(pair, "backed-up cib: age", server => CibAge.Of(server.Backup));
}
