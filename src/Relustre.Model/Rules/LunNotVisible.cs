using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A formatted target that one server of the pair sees and the other does not, whatever the cluster knows of it.</summary>
internal sealed class LunNotVisible() : PairRule("lun-not-visible", "multipath", Risk.FailoverAtRisk)
{
    public override string Why => "when the server that sees the target dies, no other can take it over";

    public override string Source => "IML's high availability specification: a pair sees exactly the same LUNs";

    public override string NextStep => "compare 'multipath -ll' and 'ls -l /dev/disk/by-label' of both; look at zoning, masking and cables";

    public override IEnumerable<Finding> Check(PairView pair) =>
        from couple in pair.Couples.SelectMany(couple => new[] { couple, (One: couple.Other, Other: couple.One) })
        let theirs = Devices(couple.Other).SelectMany(Marks).ToHashSet()
        where theirs.Count > 0
        from label in Devices(couple.One).Where(device => IsTarget(device.Label) && !Marks(device).Any(theirs.Contains)).Select(device => device.Label).Distinct()
        select Found(couple.Other.Host, $"/dev/disk/by-label/{label}", $"visible, as on {couple.One.Host}", null);

    private static IReadOnlyList<BlockDevice> Devices(ServerView server) => server.Fact<MultipathFacts>()?.Devices ?? [];

    // Any of them tells that it is the same LUN.
    private static IEnumerable<string> Marks(BlockDevice device) =>
        from mark in new[] { ("label", device.Label), ("wwid", device.Wwid), ("uuid", device.Uuid) }
        where mark.Item2 is not null
        select $"{mark.Item1} {mark.Item2}";

    // "MGS", "demo-MDT0000", "demo-OST0001"
    private static bool IsTarget(string? label) => label is "MGS"
        || (label is not null && (label.Contains("-MDT", StringComparison.Ordinal) || label.Contains("-OST", StringComparison.Ordinal) || label.EndsWith("-MGS", StringComparison.Ordinal)));
}
