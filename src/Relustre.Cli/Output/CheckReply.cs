using Relustre.Vault;

namespace Relustre.Cli.Output;

/// <summary>What <c>check</c> answers.</summary>
internal sealed record CheckReply(bool IsIntact, bool DataRead, IReadOnlyList<CheckReply.Fault> Faults, double Seconds)
{
    /// <param name="Severity">"damage" or "note".</param>
    public sealed record Fault(string Severity, string What, string Message, string NextStep)
    {
        public static Fault Of(VaultFault fault) =>
            new(fault.Severity == FaultSeverity.Damage ? "damage" : "note", fault.What, fault.Message, fault.NextStep);
    }
}
