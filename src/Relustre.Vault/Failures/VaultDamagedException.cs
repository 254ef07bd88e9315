namespace Relustre.Vault;

/// <summary>Something stored is not what was written; the rest of the vault stays readable.</summary>
public sealed class VaultDamagedException(string what, string problem, Exception? inner = null)
    : VaultException($"{what}: {problem}. Run 'relustre check --read-data' to see what else is affected.", inner)
{
    /// <summary>The damaged file, as area/name.</summary>
    public string What => what;

    public string Problem => problem;
}
