namespace Relustre;

/// <summary>One thing that is not as it should be: a setting, or a whole file or tool's answer where it is missing as such.</summary>
/// <param name="Component">The component's name.</param>
/// <param name="Key">As <see cref="Setting.Key"/>; only the place where all of it is meant.</param>
public sealed record Difference(string Component, string Key)
{
    /// <summary>Null: it should not be there.</summary>
    public string? Wanted { get; init; }

    /// <summary>Null: it is not there.</summary>
    public string? Found { get; init; }

    /// <summary>Compared by its values; neither of them is ever shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>It is there, as wanted, but not in its place; <see cref="Wanted"/> and <see cref="Found"/> are alike.</summary>
    public bool IsMoved { get; init; }

    public Risk Risk { get; init; }

    /// <summary>One sentence for an administrator, without a full stop: why it matters.</summary>
    public string Why { get; init; } = "";

    public string? ShownWanted => Shown(Wanted);

    public string? ShownFound => Shown(Found);

    private string? Shown(string? value) => value is null || !IsSecret ? value : "(secret)";
}
