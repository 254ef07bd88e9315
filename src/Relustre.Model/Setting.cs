namespace Relustre;

/// <summary>One thing that a configuration says.</summary>
public readonly record struct Setting(string Key, string Value)
{
    /// <summary>Compared by its value, shown as a placeholder: not even a hash, since a short password's hash is the password.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The list in which its position counts, such as a file of PAM's; null: its position means nothing.</summary>
    public string? Sequence { get; init; }

    /// <summary>The file or tool that says it; the whole key where none does.</summary>
    public string Place => Key.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var end ? Key[..end] : Key;

    public string Shown => IsSecret ? "(secret)" : Value;
}
