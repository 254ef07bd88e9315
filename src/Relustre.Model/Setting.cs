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

    /// <summary>
    /// What the place is a part of: <c>cib resource MGS</c> of <c>cib</c>. Where one side has nothing of the whole, its parts are not told one
    /// by one. Paths have none, since they may have blanks.
    /// </summary>
    public static string WholeOf(string place) => !place.StartsWith('/') && place.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? place[..end] : place;

    public string Shown => IsSecret ? "(secret)" : Value;
}
