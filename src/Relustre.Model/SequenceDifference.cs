namespace Relustre;

/// <summary>Tells which settings of a list went and which came, so that as few as possible did.</summary>
internal static class SequenceDifference
{
    // A table of this many cells takes milliseconds; beyond it only the ends are compared, and what lies between went and came.
    private const long MaxCells = 4_000_000;

    public static (List<Setting> Gone, List<Setting> Come) Between(IReadOnlyList<Setting> wanted, IReadOnlyList<Setting> found)
    {
        var shorter = Math.Min(wanted.Count, found.Count);
        var head = 0;
        while (head < shorter && Same(wanted[head], found[head]))
            head++;
        var tail = 0;
        while (tail < shorter - head && Same(wanted[^(tail + 1)], found[^(tail + 1)]))
            tail++;
        var (left, right) = (Middle(wanted, head, tail), Middle(found, head, tail));
        return (long)left.Count * right.Count > MaxCells ? (left, right) : Shortest(left, right);
    }

    private static List<Setting> Middle(IReadOnlyList<Setting> settings, int head, int tail) =>
        [.. settings.Skip(head).Take(settings.Count - head - tail)];

    private static (List<Setting> Gone, List<Setting> Come) Shortest(List<Setting> wanted, List<Setting> found)
    {
        var common = CommonLengths(wanted, found);
        var (gone, come) = (new List<Setting>(), new List<Setting>());
        for (var (at, there) = (0, 0); at < wanted.Count || there < found.Count;)
        {
            if (at < wanted.Count && there < found.Count && Same(wanted[at], found[there]))
                (at, there) = (at + 1, there + 1);
            else if (there >= found.Count || (at < wanted.Count && common[at + 1, there] >= common[at, there + 1]))
                gone.Add(wanted[at++]);
            else
                come.Add(found[there++]);
        }
        return (gone, come);
    }

    // How many settings the rests of both lists have in common, from each pair of positions on.
    private static int[,] CommonLengths(List<Setting> wanted, List<Setting> found)
    {
        var common = new int[wanted.Count + 1, found.Count + 1];
        for (var at = wanted.Count - 1; at >= 0; at--)
            for (var there = found.Count - 1; there >= 0; there--)
                common[at, there] = Same(wanted[at], found[there])
                    ? common[at + 1, there + 1] + 1
                    : Math.Max(common[at + 1, there], common[at, there + 1]);
        return common;
    }

    private static bool Same(Setting one, Setting other) => one.Key == other.Key && one.Value == other.Value;
}
