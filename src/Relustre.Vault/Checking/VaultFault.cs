namespace Relustre.Vault;

/// <summary>Something about the vault that an administrator should know.</summary>
/// <param name="What">The file, as area/name, or a blob or path inside.</param>
/// <param name="NextStep">What to do about it.</param>
public sealed record VaultFault(FaultSeverity Severity, string What, string Message, string NextStep)
{
    public override string ToString() => $"{What}: {Message} ({NextStep})";

    internal static VaultFault From(VaultDamagedException damaged, string nextStep) =>
        new(FaultSeverity.Damage, damaged.What, damaged.Problem, nextStep);
}
