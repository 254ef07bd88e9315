namespace Relustre.Vault;

/// <summary>Passes faults that were met along the way to whoever listens, one at a time.</summary>
internal sealed class FaultReport
{
    private readonly Lock gate = new();

    public Action<VaultFault>? Listener { get; set; }

    public void Add(VaultFault fault)
    {
        lock (gate)
            Listener?.Invoke(fault);
    }
}
