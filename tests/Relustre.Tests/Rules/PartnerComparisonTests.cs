using System.Text;
using Relustre.Facts;
using Relustre.Rules;

namespace Relustre.Tests.Rules;

/// <summary>What partners must agree on, and what must be each one's own.</summary>
public class PartnerComparisonTests
{
    [Fact]
    public void What_must_be_alike_and_is_not_is_told_once_with_both_values()
    {
        var finding = Assert.Single(Compare("shared a\n", "shared b\n"));

        Assert.Equal(("partner", "/f: shared", "mds1"), (finding.Rule, finding.Setting, finding.Host));
        Assert.Equal(("the same on mds1 and mds2", "mds1: a; mds2: b"), (finding.Wanted, finding.Found));
        Assert.Equal(Risk.FailoverAtRisk, finding.Risk);
        Assert.Equal("the servers of a pair must agree here: it must", finding.Why);
    }

    [Fact]
    public void Of_a_secret_neither_value_is_told()
    {
        var finding = Assert.Single(Compare("password S3CRET1\n", "password S3CRET2\n"));

        Assert.Equal("mds1's differs from mds2's", finding.Found);
        Assert.DoesNotContain("S3CRET", $"{finding}");
    }

    [Fact]
    public void What_must_be_unlike_and_is_alike_is_told_once()
    {
        var finding = Assert.Single(Compare("unique a\n", "unique a\n"));

        Assert.Equal(("another on each server", "mds1 and mds2: a"), (finding.Wanted, finding.Found));
    }

    [Theory]
    [InlineData("own a\n", "own b\n")]
    [InlineData("noise a\n", "noise b\n")]
    [InlineData("unique a\n", "unique b\n")]
    [InlineData("unique a\n", "")]
    [InlineData("shared a\nshared b\n", "# a comment\nshared b\n\nshared a\n")]
    [InlineData("shared peer mds2 10.0.0.2\n", "shared peer mds1 10.0.0.1\n")]
    [InlineData("shared bind mds1.lfs.example:7789\n", "shared bind mds2.lfs.example:7789\n")]
    [InlineData("shared mds1 mds2\n", "shared mds1 mds2\n")]
    [InlineData("shared-mds1 a\n", "shared-mds1 a\n")]
    [InlineData("shared-mds1 a\n", "shared-mds2 a\n")]
    public void These_are_no_findings(string one, string other) => Assert.Empty(Compare(one, other));

    [Fact]
    public void A_missing_file_is_one_finding_however_much_it_says()
    {
        var finding = Assert.Single(Compare("shared a\nother-shared b\n", null));

        Assert.Equal(("/f", "mds1: file; mds2: (not there)"), (finding.Setting, finding.Found));
    }

    [Fact]
    public void A_missing_file_of_which_nothing_must_be_alike_is_none() => Assert.Empty(Compare("own a\n", null));

    [Fact]
    public void A_pool_that_one_node_has_imported_is_not_missed_on_the_other() =>
        Assert.Empty(new PartnerComparison(new Pools(), []).Of([.. Views(["pool", null])]));

    [Fact]
    public void Of_four_servers_the_odd_one_is_told()
    {
        var finding = Assert.Single(Compare(["shared a\n", "shared a\n", "shared b\n", "shared a\n"]));

        Assert.Equal(("mds3", "a (as on mds1, mds2 and mds4)", "mds3: b"), (finding.Host, finding.Wanted, finding.Found));
    }

    [Fact]
    public void Four_servers_that_all_differ_are_one_finding() =>
        Assert.Equal("mds1: a; mds2: b; mds3: c; mds4: d", Assert.Single(Compare(["shared a\n", "shared b\n", "shared c\n", "shared d\n"])).Found);

    [Fact]
    public void Order_counts_where_it_has_a_meaning()
    {
        var finding = Assert.Single(Compare("shared a\nshared b\n", "shared b\nshared a\n", isOrdered: true));

        Assert.Equal("/f: (order)", finding.Setting);
        Assert.Empty(Compare("shared a\nshared b\n", "shared a\nshared b\n", isOrdered: true));
    }

    [Fact]
    public void What_a_rule_by_name_looks_at_is_left_to_it() => Assert.Empty(Compare(["shared a\n", "shared b\n"], covered: ["/f: sh*"]));

    [Fact]
    public void A_very_long_value_is_cut() =>
        Assert.True(Assert.Single(Compare($"shared {new string('a', 100_000)}\n", "shared b\n")).Found!.Length < 300);

    [Fact]
    public void The_mode_of_a_file_that_must_be_unlike_may_be_alike() =>
        Assert.Empty(new PartnerComparison(new OwnKeys(), []).Of([.. Views(["a", "b"])]));

    [Fact]
    public void A_file_that_must_be_unlike_and_was_copied_is_found() =>
        Assert.Equal("/f: (content)", Assert.Single(new PartnerComparison(new OwnKeys(), []).Of([.. Views(["a", "a"])])).Setting);

    private static IReadOnlyList<Finding> Compare(string one, string? other, bool isOrdered = false) => Compare([one, other], isOrdered);

    private static IReadOnlyList<Finding> Compare(IReadOnlyList<string?> texts, bool isOrdered = false, IReadOnlyList<string>? covered = null) =>
        new PartnerComparison(new Sample(isOrdered), covered ?? []).Of([.. Views(texts)]);

    private static IEnumerable<ServerView> Views(IReadOnlyList<string?> texts) =>
        from text in texts.Index()
        let number = text.Index + 1
        select new ServerView($"mds{number}", HealthyPair.Now)
        {
            Facts = new Dictionary<string, ComponentFacts>
            {
                ["system"] = new SystemFacts { HostName = $"mds{number}.lfs.example" },
                ["network"] = new NetworkFacts { Interfaces = [new() { Name = "eth0", Addresses = [$"10.0.0.{number}/24"] }], Routes = [], Profiles = [] },
            },
            States = new Dictionary<string, ComponentState>
            {
                ["sample"] = text.Item is null ? ComponentState.Empty : new([new() { Path = "/f", Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(text.Item) }], []),
            },
        };

    private sealed class Sample(bool isOrdered) : Component("sample", RestoreStage.Platform)
    {
        public override IReadOnlyList<Source> Sources => [new Source.Files("/f") { Format = Format.Lines, IsOrdered = isOrdered }];

        public override IReadOnlyList<KeyRule> Keys =>
        [
            new("/f: shared*") { Meaning = KeyMeaning.Shared, Risk = Risk.FailoverAtRisk, Why = "it must" },
            Shared("/f: other-shared"),
            Shared("/f: password"),
            Unique("/f: unique"),
            Noise("/f: noise"),
        ];

        public override IEnumerable<Setting> Read(ComponentState state) =>
            base.Read(state).Select(setting => setting with { IsSecret = setting.Key.EndsWith("password", StringComparison.Ordinal) });
    }

    private sealed class Pools() : Component("sample", RestoreStage.Platform)
    {
        public override IReadOnlyList<Source> Sources => [File("/f")];

        public override IReadOnlyList<KeyRule> Keys => [Shared("pool ost1: *")];

        public override IEnumerable<Setting> Read(ComponentState state) => state.Files.Count > 0 ? [new Setting("pool ost1: multihost", "on")] : [];
    }

    private sealed class OwnKeys() : Component("sample", RestoreStage.Platform)
    {
        public override IReadOnlyList<Source> Sources => [SecretFile("/f")];

        public override IReadOnlyList<KeyRule> Keys => [Unique("/f*")];
    }
}
