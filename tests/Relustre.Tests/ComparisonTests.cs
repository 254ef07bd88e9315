using System.Text;
using Relustre.Formats;

namespace Relustre.Tests;

/// <summary>What counts as one difference.</summary>
public class ComparisonTests
{
    [Fact]
    public void A_changed_value_is_one_difference()
    {
        var difference = Assert.Single(Compare("token 17000\nversion 2\n", "version  2\ntoken 5000 # faster\n"));

        Assert.Equal(("/f: token", "17000", "5000"), (difference.Key, difference.Wanted, difference.Found));
    }

    [Fact]
    public void Equal_values_of_one_key_may_change_places()
    {
        Assert.Empty(Compare("server a\nserver b\nserver b\n", "server b\nserver a\nserver b\n"));
        Assert.Equal("b", Assert.Single(Compare("server a\nserver b\nserver b\n", "server b\nserver a\n")).Wanted);
    }

    [Fact]
    public void Where_order_counts_a_move_is_one_difference()
    {
        var difference = Assert.Single(Compare("a 1\nb 2\nc 3\nd 4\n", "b 2\nc 3\na 1\nd 4\n", isOrdered: true));

        Assert.True(difference.IsMoved);
        Assert.Equal("/f: a", difference.Key);
    }

    [Fact]
    public void Where_order_counts_a_new_line_is_one_difference()
    {
        var difference = Assert.Single(Compare("auth a\nauth b\nauth c\n", "auth a\nauth x\nauth b\nauth c\n", isOrdered: true));

        Assert.Equal((null, "x"), (difference.Wanted, difference.Found));
    }

    [Theory]
    [InlineData("[wifi]\npsk=S3CRET-1\n", "[wifi]\npks=S3CRET-1\n")]
    [InlineData("[wifi]\npsk=S3CRET-1\n", "[wifi]\npsk S3CRET-1\n")]
    [InlineData("[wifi]\npsk=S3CRET-1\n", "[wifi]\nssid=S3CRET-1\n")]
    public void A_secret_that_has_lost_its_name_is_known_by_what_it_is(string whole, string damaged)
    {
        var differences = new Sample(isOrdered: false).Compare(State(whole, "/ini"), State(damaged, "/ini"));

        Assert.Equal(2, differences.Count);
        Assert.All(differences, difference =>
        {
            Assert.True(difference.IsSecret);
            Assert.DoesNotContain("S3CRET", $"{difference.Key} {difference.ShownWanted} {difference.ShownFound}");
            Assert.StartsWith("/ini: ", difference.Key);
        });
    }

    [Fact]
    public void A_missing_file_is_one_difference_whatever_it_said()
    {
        var difference = Assert.Single(new Sample(isOrdered: false).Compare(State("a 1\nb 2\n"), ComponentState.Empty));

        Assert.Equal(("/f", "file", null), (difference.Key, difference.Wanted, difference.Found));
    }

    [Fact]
    public void Mode_and_owner_are_settings_of_a_file()
    {
        var wanted = State("a 1\n");
        var found = new ComponentState([wanted.Files[0] with { Mode = 0x180, User = "nobody" }], []);

        var differences = new Sample(isOrdered: false).Compare(wanted, found);

        Assert.Equal(["/f: (owner)", "/f: (mode)"], differences.Select(difference => difference.Key));
    }

    [Fact]
    public void A_tool_that_failed_is_one_difference_with_its_reason()
    {
        var wanted = new ComponentState([], [new ToolOutput("t", ToolOutcome.Answered) { Output = "a 1\nb 2\n"u8.ToArray() }]);
        var found = new ComponentState([], [new ToolOutput("t", ToolOutcome.Failed) { ExitCode = 7 }]);

        var difference = Assert.Single(new Sample(isOrdered: false).Compare(wanted, found));

        Assert.Equal(("t", "(failed with exit code 7)"), (difference.Key, difference.Found));
    }

    [Fact]
    public void A_huge_list_is_compared_in_bounded_time_and_memory()
    {
        var wanted = string.Concat(Enumerable.Range(0, 100_000).Select(at => $"a {at}\n"));
        var found = string.Concat(Enumerable.Range(50_000, 100_000).Select(at => $"a {at}\n"));

        Assert.NotEmpty(Compare(wanted, found, isOrdered: true));
    }

    private static IReadOnlyList<Difference> Compare(string wanted, string found, bool isOrdered = false) =>
        new Sample(isOrdered).Compare(State(wanted), State(found));

    private static ComponentState State(string text, string path = "/f") =>
        new([new CapturedFile { Path = path, Kind = FileKind.File, Mode = 0x1A4, User = "root", Group = "root", Content = Encoding.UTF8.GetBytes(text) }], []);

    private sealed class Sample(bool isOrdered) : Component("sample", RestoreStage.Platform)
    {
        public override IReadOnlyList<Source> Sources =>
            [File("/f", new Lines()) with { IsOrdered = isOrdered }, File("/ini", new Sections()), Tool("t", "true", new Lines())];
    }
}
