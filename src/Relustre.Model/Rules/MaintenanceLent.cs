namespace Relustre.Rules;

/// <summary>The cluster was put in maintenance for a while by a lease of Relustre's.</summary>
internal sealed class MaintenanceLent() : LentRule("maintenance-lent", Risk.FailoverAtRisk, "relustre-maintenance-lease")
{
    public override string Why => "while a cluster is in maintenance, nothing is taken over, whatever fails";

    public override string Source => "Relustre's own lease";

    public override string NextStep => "look at 'relustre maintenance status', and end it by 'relustre maintenance end' as soon as what it was for is done";
}
