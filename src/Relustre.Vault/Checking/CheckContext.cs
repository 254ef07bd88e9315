using System.Threading.Channels;
using Relustre.Vault.Files;

namespace Relustre.Vault.Checking;

/// <summary>What every part of a check shares: what to read, and whom to tell.</summary>
internal sealed record CheckContext(VaultFiles Files, ChannelWriter<VaultFault> Faults, IProgress<CheckProgress>? Progress)
{
    public const string WhenPackLost = "bring the file back from a copy of the vault; where there is none, the next backup stores anew what the servers still have";
    public const string WhenPackDamaged = "bring the file back from a copy of the vault; where there is none, move it out of the vault: the next backup stores anew what the servers still have";
    private const string FromCopy = "bring the file back from a copy of the vault";

    public ValueTask DamageAsync(string what, string message, CancellationToken cancel, string nextStep = FromCopy) =>
        Faults.WriteAsync(new VaultFault(FaultSeverity.Damage, what, message, nextStep), cancel);

    public ValueTask NoteAsync(string what, string message, string nextStep, CancellationToken cancel) =>
        Faults.WriteAsync(new VaultFault(FaultSeverity.Note, what, message, nextStep), cancel);
}
