namespace Relustre.Vault;

/// <summary>How bad a fault is.</summary>
public enum FaultSeverity
{
    /// <summary>Harmless: left by an interrupted run, or untidy.</summary>
    Note,

    /// <summary>Something cannot be read, or would be restored wrongly.</summary>
    Damage,
}
