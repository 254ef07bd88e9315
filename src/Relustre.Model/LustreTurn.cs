namespace Relustre;

/// <summary>Lustre's order: the MGS first, then metadata, then objects; anything else, such as pools, before them.</summary>
public static class LustreTurn
{
    public static int Of(string name) =>
        name.Contains("OST", StringComparison.OrdinalIgnoreCase) ? 3
        : name.Contains("MDT", StringComparison.OrdinalIgnoreCase) ? 2
        : name.Contains("MGS", StringComparison.OrdinalIgnoreCase) ? 1 : 0;

    /// <summary>Of several that come together: that of the last one, since a group has its pools before its targets.</summary>
    public static int Of(IEnumerable<string> names) => names.Max(Of);
}
