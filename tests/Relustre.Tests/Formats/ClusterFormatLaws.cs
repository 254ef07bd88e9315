using System.Diagnostics;
using CsCheck;

namespace Relustre.Tests.Formats;

/// <summary>What holds for the cluster's formats, whatever the text.</summary>
public class ClusterFormatLaws
{
    private static readonly string[] Words =
    [
        "{", "}", ":", "\"", "'", "#", "##", "###", "\n", " ", "\t", "- ", "    ", "net", "node", "key: value", "options lnet", "=", "\\",
        "<cib", "<nvpair name=\"a\" value=\"b\"/>", "</", ">", "/>", "<!DOCTYPE x [", "&lt;", "<status>", "[1,", "{\"a\":", "\\ud800", "\0", "é", "\uFFFD",
    ];

    private static readonly Format[] All = [Format.Braces, Format.Cib, Format.Json, Format.Ldev, Format.LnetYaml, Format.ModprobeOptions];

    public static TheoryData<int> Formats => new(Enumerable.Range(0, All.Length));

    [Theory, MemberData(nameof(Formats))]
    public void No_text_is_too_broken_to_read(int format) =>
        Gen.Int[0, Words.Length - 1].Select(at => Words[at]).Array[0, 60].Sample(words =>
        {
            foreach (var setting in All[format].Read(string.Concat(words)))
                Assert.NotNull(setting.Key + setting.Value);
        }, iter: 2000, threads: 1);

    [Theory, MemberData(nameof(Formats))]
    public void A_megabyte_of_anything_is_read_within_seconds(int format)
    {
        var clock = Stopwatch.StartNew();

        foreach (var word in Words)
            Assert.True(All[format].Read(string.Concat(Enumerable.Repeat(word, 1_000_000 / word.Length))).Sum(setting => (long)setting.Key.Length) < 2_000_000_000);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("a {\n", "}\n")]
    [InlineData("<a id='1'>", "</a>")]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void A_text_nested_without_end_does_not_exhaust_the_stack(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));

        Assert.All(All, format => Assert.InRange(format.Read(text).Count(), 0, 400_000));
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
