using Relustre.Audit;

namespace Relustre.Tests.Audit;

public sealed class DecisionTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Author Alice = new("alice", "mgmt1");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_waiver_hides_exactly_its_finding_and_only_until_its_last_day_is_over()
    {
        Finding[] findings = [.. from host in new[] { "mds1", "mds2" } from key in new[] { "a", "b" } from found in new[] { "1", "2" } select Found(host, key, found)];
        foreach (var wanted in findings)
        {
            var waived = Decision.Of(DecisionKind.Waived, Alice, Noon) with { Host = wanted.Host, Finding = wanted, Until = new DateOnly(2026, 12, 1) };
            for (var hour = -48; hour <= 48; hour++)
            {
                var now = new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hour);

                var server = new Decisions([waived], now).Apply(new AuditedServer(wanted.Host) { Findings = findings });

                Assert.Equal(hour < 0 ? [wanted] : [], server.Waived.Select(one => one.Finding));
                Assert.Equal(findings.Where(finding => hour >= 0 || finding.Id != wanted.Id), server.Findings);
                Assert.Equal(hour >= 0, new Decisions([waived], now).ExpiredFor([wanted.Host]).Count == 1);
            }
        }
    }

    [Fact]
    public void A_waiver_of_a_rule_holds_on_its_host_or_on_all()
    {
        Finding[] findings = [new("mds1", "corosync", "ring", "x") { Risk = Risk.Config, Why = "w" }, new("mds2", "corosync", "ring", "x") { Risk = Risk.Config, Why = "w" }, Found("mds1", "a", "1")];
        var everywhere = Decision.Of(DecisionKind.Waived, Alice, Noon) with { Rule = "ring", Until = new DateOnly(2026, 12, 1) };

        Assert.Equal([2, 1], new[] { everywhere, everywhere with { Host = "mds2" } }
            .Select(waiver => new Decisions([waiver], Noon).Apply(new AuditedServer("mds1") { Findings = findings }).Waived.Count));
        Assert.Empty(new Decisions([everywhere, Decision.Of(DecisionKind.WaiverRemoved, Alice, Noon.AddDays(-9)) with { Removes = everywhere.Id }], Noon).Waivers);
    }

    [Fact]
    public void Writers_at_the_same_moment_lose_nothing_and_damage_hides_nothing_else()
    {
        const int each = 40;
        Parallel.For(0, 8, writer =>
        {
            // Some of one machine, some of others.
            var log = new DecisionLog(folder.Path, $"machine{writer % 3}/..");
            for (var turn = 0; turn < each; turn++)
                log.Note([Decision.Of(DecisionKind.AcceptedSnapshot, Alice, Noon.AddSeconds(turn)) with { Host = $"h{writer}", Snapshot = new string('a', 64) }]);
        });
        foreach (var file in Directory.GetFiles(folder.Path))
            File.AppendAllText(file, "\n{\"id\":\"w1\",\"at\":\"2026-1\n\0rubbish\nnull\n{\"kind\":\"of-the-future\"}\n{\"id\":");

        new DecisionLog(folder.Path, "machine0/..").Note([Decision.Of(DecisionKind.Waived, Alice, Noon.AddDays(1)) with { Finding = Found("mds1", "a", "é\n1") }]);
        var read = new DecisionLog(folder.Path, "elsewhere").Read();

        Assert.Equal((8 * each) + 1, read.Count);
        Assert.Equal(Found("mds1", "a", "é\n1"), read[^1].Finding);
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
        Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Accepted_findings_are_wanted_from_then_on_whatever_the_baseline_says()
    {
        var accepted = new AcceptedFindings([Differs("k", "a", "b")]);

        Assert.Empty(accepted.Apply([Differs("k", "a", "b")]));
        Assert.Equal([("b", "c")], Values(accepted.Apply([Differs("k", "a", "c")])));
        Assert.Equal([("b", "a")], Values(accepted.Apply([])));
        Assert.Equal([("b", (string?)null)], Values(accepted.Apply([Differs("k", "a", null)])));
        Assert.Equal([("b", "a"), ("a", "b")], Values(accepted.Apply([Differs("other", "a", "b")])).OrderDescending());
    }

    [Fact]
    public void Acceptances_of_one_setting_follow_each_other()
    {
        // The second was found over the first: wanted b, found c.
        var accepted = new AcceptedFindings([Differs("k", "a", "b"), Differs("k", "b", "c")]);

        Assert.Empty(accepted.Apply([Differs("k", "a", "c")]));
        Assert.Equal([("c", "b")], Values(accepted.Apply([Differs("k", "a", "b")])));
        Assert.Equal([("c", "a")], Values(accepted.Apply([])));
        Assert.Empty(new AcceptedFindings([Differs("k", "a", "b"), Differs("k", "b", "a")]).Apply([]));
    }

    [Fact]
    public void Accepting_all_findings_leaves_none_also_of_settings_that_come_several_times()
    {
        Finding[] findings = [Differs("k", "a", "b"), Differs("k", null, "b"), Differs("k", null, "c"), Differs("k", "d", null), Differs("m", "x", "x") with { IsMoved = true }, Differs("n", null, "file")];

        Assert.Empty(new AcceptedFindings(findings).Apply(findings));
    }

    private static (string?, string?)[] Values(IEnumerable<Finding> findings) => [.. findings.Select(finding => (finding.Wanted, finding.Found))];

    private static Finding Differs(string key, string? wanted, string? found) =>
        new("mds1", "corosync", Finding.Drift, key) { Wanted = wanted, Found = found, Risk = Risk.Config, Why = "it matters" };

    private static Finding Found(string host, string key, string found) => Differs(key, "0", found) with { Host = host };
}
