namespace Relustre;

/// <summary>One thing that a configuration says.</summary>
public readonly record struct Setting(string Key, string Value)
{
    /// <summary>Compared by its value, shown as a placeholder: not even a hash, since a short password's hash is the password.</summary>
    public bool IsSecret { get; init; }

    public string Shown => IsSecret ? "(secret)" : Value;
}
