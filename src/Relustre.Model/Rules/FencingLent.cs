namespace Relustre.Rules;

/// <summary>Fencing was suspended for a while by a lease of Relustre's.</summary>
internal sealed class FencingLent() : LentRule("fencing-lent", Risk.DataAtRisk, "relustre-fencing-lease")
{
    public override string Why => "while fencing is suspended, nothing stops a node that hangs from writing to a target that its partner has taken over";

    public override string Source => "Relustre's own lease; appendix C, restore step 16: not supported without fencing";

    public override string NextStep => "look at 'relustre fencing status', and give it back by 'relustre fencing resume' as soon as what it was for is done";
}
