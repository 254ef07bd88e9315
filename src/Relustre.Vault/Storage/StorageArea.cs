namespace Relustre.Vault;

/// <summary>The kinds of file that a vault keeps; <see cref="Config"/> is a single file.</summary>
public enum StorageArea
{
    Config,
    Keys,
    Data,
    Index,
    Snapshots,
    Locks,
}
