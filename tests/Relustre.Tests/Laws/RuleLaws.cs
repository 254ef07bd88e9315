using System.Text.RegularExpressions;
using Relustre.Rules;
using Relustre.Tests.Rules;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every named rule.</summary>
public partial class RuleLaws
{
    private static readonly string document = Path.Combine(Repository.Root, "docs/rules.md");

    public static TheoryData<string, string> AllCases => new(Cases.All.Select(one => (one.Rule, one.What)));

    public static TheoryData<string> Recordings => RecordedHost.All;

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase { get; }

    [Fact]
    public void A_healthy_pair_keeps_every_rule() => Assert.Empty(HealthyPair.Pair.Findings);

    [Fact]
    public void A_healthy_pair_on_ZFS_or_with_two_rings_keeps_them_too()
    {
        Assert.Empty(Cases.Zfs.Findings);
        Assert.Empty(Cases.TwoRings.Findings);
        Assert.Empty(Cases.Stored(HealthyPair.Pair).Findings);
    }

    [Theory, MemberData(nameof(AllCases))]
    public void What_breaks_it_is_found_with_its_risk_and_a_next_step(string rule, string what)
    {
        var broken = Cases.All.Single(one => one.Rule == rule && one.What == what);

        var found = broken.Pair.Of(rule);

        Assert.NotEmpty(found);
        Assert.Contains(found, finding => finding.Risk == broken.Risk);
        Assert.All(found, finding => Assert.NotNull(finding.NextStep));
        Assert.All(found, finding => Assert.Contains(finding.Host, broken.Pair.Servers.Select(server => server.Host)));
    }

    [Theory, MemberData(nameof(AllCases))]
    public void No_finding_tells_a_secret(string rule, string what) =>
        Assert.All(Cases.All.Single(one => one.Rule == rule && one.What == what).Pair.Findings, finding =>
            Assert.DoesNotContain(RecordedHost.SecretMark, $"{finding}"));

    [Theory, MemberData(nameof(AllCases))]
    public void The_same_trouble_has_the_same_id_again(string rule, string what)
    {
        var pair = Cases.All.Single(one => one.Rule == rule && one.What == what).Pair;

        Assert.Equal(pair.Findings.Select(finding => finding.Id), pair.Findings.Select(finding => finding.Id));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Servers_that_are_alike_differ_only_where_each_needs_its_own(string recording)
    {
        var host = RecordedHost.Open(recording);
        var servers = new[] { "a1", "b2" }.Select(name => new ServerView(name, HealthyPair.Now) { States = new Dictionary<string, ComponentState> { [host.Component.Name] = host.State } });

        Assert.All(new PartnerComparison(host.Component, RuleBook.BuiltIn.CoveredIn(host.Component.Name)).Of([.. servers]), finding => Assert.Equal("another on each server", finding.Wanted));
    }

    [Fact]
    public void Every_rule_has_a_case_that_breaks_it() =>
        Assert.Equal(RuleBook.BuiltIn.Rules.Select(rule => rule.Name).Order(), Cases.All.Select(one => one.Rule).Distinct().Order());

    [Fact]
    public void Every_rule_is_in_the_book_under_a_name_of_its_own()
    {
        var kinds = typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract);

        Assert.Equal(kinds.OrderBy(kind => kind.Name).Select(kind => kind.Name), RuleBook.BuiltIn.Rules.Select(rule => rule.GetType().Name).Order());
        Assert.Equal(RuleBook.BuiltIn.Rules.Count, RuleBook.BuiltIn.Rules.DistinctBy(rule => rule.Name).Count());
        Assert.All(RuleBook.BuiltIn.Rules, rule => Assert.Matches(KebabCase, rule.Name));
        Assert.DoesNotContain(RuleBook.BuiltIn.Rules, rule => rule.Name is Finding.Drift or PartnerComparison.Rule);
    }

    [Fact]
    public void Every_rule_is_about_components_that_there_are()
    {
        var known = Catalogue.BuiltIn.Components.Select(component => component.Name).ToHashSet();

        Assert.All(RuleBook.BuiltIn.Rules, rule => Assert.Subset(known, new HashSet<string>([rule.Component, .. rule.Facts])));
        Assert.All(RuleBook.BuiltIn.OfPairs, rule => Assert.Subset(known, rule.States.ToHashSet()));
    }

    /// <summary>With RELUSTRE_APPROVE=1 the table is written anew.</summary>
    [Fact]
    public void The_document_tells_every_rule()
    {
        var text = File.ReadAllText(document);
        var (start, end) = (text.IndexOf("\n### ", StringComparison.Ordinal), text.IndexOf("\n## Partners", StringComparison.Ordinal));
        var table = string.Concat(RuleBook.BuiltIn.Rules.Select(Told));

        if (Environment.GetEnvironmentVariable("RELUSTRE_APPROVE") == "1")
            File.WriteAllText(document, text[..start] + table + text[end..]);
        else
            Assert.Equal(table, text[start..end]);
    }

    private static string Told(Rule rule) =>
        $"\n### {rule.Name}\n\n{rule.Risk switch
        {
            Risk.DataAtRisk => "Data at risk",
            Risk.FailoverAtRisk => "Failover at risk",
            Risk.RecoveryAtRisk => "Recovery at risk",
            Risk.Security => "Security",
            _ => "Configuration",
        }}, {(rule is ClusterRule ? "for a cluster" : rule is ServerRule ? "for each server" : "between partners")}, component `{rule.Component}`.\n\n"
        + $"- Why: {rule.Why}.\n- Behind it: {rule.Source}.\n- Next: {rule.NextStep}.\n";
}
