using CsCheck;
using Relustre.Tests.Laws;

namespace Relustre.Tests.Formats;

/// <summary>What holds for every format, whatever the text, with the words of the cluster's own among it.</summary>
public class ClusterFormatLaws
{
    private static readonly string[] Words =
    [
        "{", "}", ":", "\"", "'", "#", "##", "###", "\n", " ", "\t", "- ", "    ", "net", "node", "key: value", "options lnet", "=", "\\",
        "<cib", "<nvpair name=\"a\" value=\"b\"/>", "</", ">", "/>", "<!DOCTYPE x [", "&lt;", "<status>", "[1,", "{\"a\":", "\\ud800", "\0", "é", "\uFFFD",
    ];

    public static TheoryData<string> Formats => new(OneFile.Formats.Keys);

    [Theory, MemberData(nameof(Formats))]
    public void No_text_is_too_broken_to_read(string format) =>
        Gen.Int[0, Words.Length - 1].Select(at => Words[at]).Array[0, 60].Sample(words =>
        {
            foreach (var setting in OneFile.Formats[format].Read(string.Concat(words)))
                Assert.NotNull(setting.Key + setting.Value);
        }, iter: 2000, threads: 1);

    [Theory, MemberData(nameof(Formats))]
    public void A_quarter_of_a_megabyte_of_anything_is_read_within_seconds(string format)
    {
        foreach (var word in Words)
        {
            var text = string.Concat(Enumerable.Repeat(word, 250_000 / word.Length));
            var keys = 0L;

            var spent = ThreadCpu.SpentBy(() => keys = OneFile.Formats[format].Read(text).Sum(setting => (long)setting.Key.Length));

            Assert.True(spent < TimeSpan.FromSeconds(2), $"{spent} for {keys} characters of keys of {word}");
            Assert.InRange(keys, 0, 2_000_000_000);
        }
    }

    [Theory]
    [InlineData("a {\n", "}\n")]
    [InlineData("<a id='1'>", "</a>")]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void A_text_nested_without_end_does_not_exhaust_the_stack(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));

        Assert.All(OneFile.Formats.Values, format => Assert.InRange(format.Read(text).Count(), 0, 400_000));
    }

    [Fact]
    public void The_order_of_blocks_says_nothing() =>
        Gen.Shuffle(Enumerable.Range(1, 6).ToArray()).Sample(order =>
        {
            var sorted = Format.Braces.Read(Nodes(Enumerable.Range(1, 6))).ToHashSet();

            return sorted.SetEquals(Format.Braces.Read(Nodes(order)));
        }, iter: 50);

    private static string Nodes(IEnumerable<int> ids) =>
        $"nodelist {{\n{string.Concat(ids.Select(id => $"  node {{\n    ring0_addr: mds{id}\n    nodeid: {id}\n  }}\n"))}}}\n";
}
