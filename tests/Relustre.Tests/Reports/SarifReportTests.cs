using System.Text.Json;
using Relustre.Audit;
using Relustre.Cli.Reports;
using Relustre.Snapshots;

namespace Relustre.Tests.Reports;

/// <summary>What SARIF 2.1.0's schema asks for, of the parts that we write.</summary>
public class SarifReportTests
{
    [Fact]
    public void It_is_a_log_of_version_2_1_0_with_one_run()
    {
        var log = Read(SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding())));

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.True(Uri.IsWellFormedUriString(log.GetProperty("$schema").GetString(), UriKind.Absolute));
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        Assert.Equal("relustre", run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString());
    }

    [Fact]
    public void A_result_names_its_rule_level_place_and_fingerprint()
    {
        var finding = SampleAudit.Finding();
        var run = Read(SampleAudit.Of(SampleAudit.Server("mds1", finding with { Rule = "late-rule" }, finding))).GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");

        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["none", "note", "warning", "error"]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            var location = Assert.Single(result.GetProperty("locations").EnumerateArray());
            Assert.Equal("mds1/etc/corosync/corosync.conf", location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.Equal("mds1/corosync//etc/corosync/corosync.conf: totem.token", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
        }
        Assert.Contains(run.GetProperty("results").EnumerateArray(), result =>
            result.GetProperty("partialFingerprints").GetProperty("relustreFinding/v1").GetString() == finding.Id);
    }

    [Theory]
    [InlineData(Risk.Cosmetic, "note")]
    [InlineData(Risk.Config, "warning")]
    [InlineData(Risk.Security, "error")]
    [InlineData(Risk.DataAtRisk, "error")]
    public void The_risk_decides_the_level(Risk risk, string level)
    {
        var run = Read(SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding(risk: risk)))).GetProperty("runs")[0];

        Assert.Equal(level, run.GetProperty("results")[0].GetProperty("level").GetString());
    }

    [Fact]
    public void What_was_not_seen_is_told_and_no_success()
    {
        var run = Read(SampleAudit.Of(
            new AuditedServer("mds1") { Failure = "mds1 does not answer" },
            SampleAudit.Server("mds2") with { Problems = [new ManifestProblem("/etc/shadow", "no permission")] })).GetProperty("runs")[0];
        var invocation = run.GetProperty("invocations")[0];

        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(["mds1: mds1 does not answer", "mds2: /etc/shadow: no permission"],
            invocation.GetProperty("toolExecutionNotifications").EnumerateArray().Select(note => note.GetProperty("message").GetProperty("text").GetString()!));
    }

    [Theory]
    [InlineData("/etc/a b%c", "mds1/etc/a%20b%25c")]
    [InlineData("cib.xml", "mds1/corosync/cib.xml")]
    public void A_place_is_a_valid_address(string setting, string address)
    {
        var run = Read(SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding() with { Setting = setting }))).GetProperty("runs")[0];
        var uri = run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();

        Assert.Equal(address, uri);
        Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Relative));
    }

    [Fact]
    public void What_is_waived_is_a_suppressed_result_with_its_reason_owner_and_last_day()
    {
        var finding = SampleAudit.Finding();
        var run = Read(SampleAudit.Of(SampleAudit.Server("mds1", finding with { Setting = "cib.xml" }) with { Waived = [SampleAudit.Waived(finding)] })).GetProperty("runs")[0];

        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.False(results[0].TryGetProperty("suppressions", out _));
        var suppression = Assert.Single(results[1].GetProperty("suppressions").EnumerateArray());
        Assert.Equal("external", suppression.GetProperty("kind").GetString());
        Assert.Equal("accepted", suppression.GetProperty("status").GetString());
        Assert.Equal("new switch in December", suppression.GetProperty("justification").GetString());
        Assert.Equal(("w0123abcd", "bob", "2026-11-25"), (Property("waiver"), Property("owner"), Property("until")));
        Assert.Equal(finding.Id, results[1].GetProperty("partialFingerprints").GetProperty("relustreFinding/v1").GetString());

        string Property(string name) => suppression.GetProperty("properties").GetProperty(name).GetString()!;
    }

    [Fact]
    public void An_expired_waiver_is_a_warning_of_the_run()
    {
        var report = SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding())) with { ExpiredWaivers = [SampleAudit.Waiver(SampleAudit.Finding(), days: -1)] };
        var invocation = Read(report).GetProperty("runs")[0].GetProperty("invocations")[0];

        var note = Assert.Single(invocation.GetProperty("toolExecutionNotifications").EnumerateArray());
        Assert.Equal("warning", note.GetProperty("level").GetString());
        Assert.Contains("EXPIRED on 2026-11-23", note.GetProperty("message").GetProperty("text").GetString());
        Assert.True(invocation.GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void A_run_says_what_each_server_was_compared_with_and_why()
    {
        var run = Read(SampleAudit.Of(SampleAudit.Server("mds1") with { BaselineReason = "accepted by alice" })).GetProperty("runs")[0];

        var baseline = Assert.Single(run.GetProperty("invocations")[0].GetProperty("properties").GetProperty("baselines").EnumerateArray());
        Assert.Equal(("mds1", "accepted by alice"), (baseline.GetProperty("host").GetString(), baseline.GetProperty("reason").GetString()));
    }

    private static JsonElement Read(AuditReport report) => JsonDocument.Parse(SarifReport.Of(report)).RootElement;
}
