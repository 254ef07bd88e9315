using CsCheck;
using Relustre.Audit;

namespace Relustre.Tests.Audit;

public class UnifiedDiffTests
{
    [Fact]
    public void It_looks_as_everybody_is_used_to() => Assert.Equal(
        ["@@ -1,5 +1,5 @@", " a", "-b", "+B", " c", " d", " e"], UnifiedDiff.Between("a\nb\nc\nd\ne\nf\ng\n", "a\nB\nc\nd\ne\nf\ng\n"));

    [Fact]
    public void Equal_texts_have_no_lines() => Assert.Empty(UnifiedDiff.Between("a\nb\n", "a\nb\n"));

    [Fact]
    public void Applied_to_what_was_it_gives_what_is() => Gen.Select(Texts, Texts).Sample((was, now) =>
        Assert.Equal(now, Apply(was, UnifiedDiff.Between(string.Join('\n', was), string.Join('\n', now)))));

    private static Gen<string[]> Texts => Gen.Int[0, 3].Select(letter => ((string[])["a", "b", "c", "d\te"])[letter]).Array[1, 40];

    // Every hunk must also say of itself how long it is.
    private static string[] Apply(string[] was, IReadOnlyList<string> diff)
    {
        var now = new List<string>();
        var at = 0;
        for (var line = 0; line < diff.Count;)
        {
            var ranges = diff[line++].Split(' ')[1..3].Select(range => range[1..].Split(',')).ToList();
            var (start, count) = (int.Parse(ranges[0][0]), ranges[0].Length > 1 ? int.Parse(ranges[0][1]) : 1);
            now.AddRange(was[at..(count == 0 ? start : start - 1)]);
            at = (count == 0 ? start : start - 1) + count;
            var body = diff.Skip(line).TakeWhile(one => one[0] != '@').ToList();
            Assert.Equal(was[(at - count)..at], body.Where(one => one[0] != '+').Select(one => one[1..]));
            var come = body.Where(one => one[0] != '-').Select(one => one[1..]).ToList();
            Assert.Equal(ranges[1].Length > 1 ? int.Parse(ranges[1][1]) : 1, come.Count);
            now.AddRange(come);
            line += body.Count;
        }
        return [.. now, .. was[at..]];
    }
}
