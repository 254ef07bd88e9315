using DiffPlex;
using DiffPlex.Model;

namespace Relustre.Audit;

/// <summary>Two texts as administrators are used to see them compared: hunks with three lines around every change.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    public static IReadOnlyList<string> Between(string wanted, string found)
    {
        var diff = Differ.Instance.CreateLineDiffs(WithoutLastEnd(wanted), WithoutLastEnd(found), ignoreWhitespace: false);
        return [.. Hunks(diff.DiffBlocks).SelectMany(hunk => Lines(hunk, diff))];
    }

    private static string WithoutLastEnd(string text) => text.EndsWith('\n') ? text[..^1] : text;

    // Changes whose surroundings touch stand in one hunk.
    private static IEnumerable<IReadOnlyList<DiffBlock>> Hunks(IEnumerable<DiffBlock> blocks)
    {
        var hunk = new List<DiffBlock>();
        foreach (var block in blocks)
        {
            if (hunk is [.., var last] && block.DeleteStartA - (last.DeleteStartA + last.DeleteCountA) > 2 * Context)
            {
                yield return hunk;
                hunk = [];
            }
            hunk.Add(block);
        }
        if (hunk.Count > 0)
            yield return hunk;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<DiffBlock> hunk, DiffResult diff)
    {
        var (first, last) = (hunk[0], hunk[^1]);
        var before = Math.Min(Context, first.DeleteStartA);
        var end = last.DeleteStartA + last.DeleteCountA;
        var after = Math.Min(Context, diff.PiecesOld.Count - end);
        var (start, count) = (first.DeleteStartA - before, end + after - (first.DeleteStartA - before));
        var newCount = last.InsertStartB + last.InsertCountB + after - (first.InsertStartB - before);
        yield return $"@@ -{Range(start, count)} +{Range(first.InsertStartB - before, newCount)} @@";
        var at = start;
        foreach (var block in hunk)
        {
            for (; at < block.DeleteStartA; at++)
                yield return " " + diff.PiecesOld[at];
            for (; at < block.DeleteStartA + block.DeleteCountA; at++)
                yield return "-" + diff.PiecesOld[at];
            for (var come = block.InsertStartB; come < block.InsertStartB + block.InsertCountB; come++)
                yield return "+" + diff.PiecesNew[come];
        }
        for (; at < end + after; at++)
            yield return " " + diff.PiecesOld[at];
    }

    // A range of no lines names the line before it.
    private static string Range(int start, int count) => count == 0 ? $"{start},0" : count == 1 ? $"{start + 1}" : $"{start + 1},{count}";
}
