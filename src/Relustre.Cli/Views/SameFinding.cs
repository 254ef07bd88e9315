namespace Relustre.Cli.Views;

/// <summary>The same finding on one server or many: a change that was rolled out is told once.</summary>
internal sealed record SameFinding(Finding First, IReadOnlyList<Finding> All)
{
    public string Place => new Setting(First.Setting, "").Place;

    /// <summary>The setting without its place; empty: all of the place is meant.</summary>
    public string Name => First.Setting.Length > Place.Length ? First.Setting[(Place.Length + 2)..] : "";

    /// <summary>In the order of <paramref name="findings"/>.</summary>
    public static IEnumerable<SameFinding> In(IEnumerable<Finding> findings) => findings
        .GroupBy(one => (one.Component, one.Rule, one.Setting, one.Wanted, one.Found, one.IsMoved, one.IsSecret, one.Why, one.Consequence))
        .Select(same => new SameFinding(same.First(), [.. same]));
}
