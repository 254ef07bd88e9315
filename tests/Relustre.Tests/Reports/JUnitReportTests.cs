using System.Xml.Linq;
using Relustre.Audit;
using Relustre.Cli.Reports;
using Relustre.Snapshots;

namespace Relustre.Tests.Reports;

public class JUnitReportTests
{
    private static readonly AuditReport report = SampleAudit.Of(
        SampleAudit.Server("mds1", SampleAudit.Finding(), SampleAudit.Finding(risk: Risk.Cosmetic)),
        SampleAudit.Server("mds2") with { Problems = [new ManifestProblem("/etc/shadow", "no permission")] },
        new AuditedServer("oss1") { Failure = "oss1 does not answer" });

    [Fact]
    public void Every_server_is_a_suite_whose_numbers_are_right()
    {
        var suites = Read(_ => true);

        Assert.Equal(["mds1", "mds2", "oss1"], suites.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value));
        foreach (var suite in suites.Elements("testsuite").Append(suites))
        {
            Assert.Equal(suite.Descendants("testcase").Count(), (int)suite.Attribute("tests")!);
            Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!);
            Assert.Equal(suite.Descendants("error").Count(), (int)suite.Attribute("errors")!);
            Assert.Equal(suite.Descendants("skipped").Count(), (int)suite.Attribute("skipped")!);
        }
    }

    [Fact]
    public void A_component_that_is_as_it_should_be_is_a_test_that_passes()
    {
        var mds1 = Read(_ => true).Elements("testsuite").First();

        Assert.Equal(SampleAudit.Components.Where(name => name != "corosync"),
            mds1.Elements("testcase").Where(test => !test.Elements().Any()).Select(test => test.Attribute("name")!.Value));
    }

    [Fact]
    public void Every_finding_that_counts_is_a_failure_and_one_that_does_not_is_none()
    {
        var suites = Read(finding => finding.Risk > Risk.Cosmetic);

        var failure = Assert.Single(suites.Descendants("failure"));
        Assert.Equal("failover-at-risk", failure.Attribute("type")!.Value);
        Assert.Equal("wanted 17000, found 5000", failure.Attribute("message")!.Value);
        Assert.Contains(SampleAudit.Finding().Id, failure.Value);
        Assert.Single(suites.Descendants("system-out"));
    }

    [Fact]
    public void What_could_not_be_read_is_an_error()
    {
        var errors = Read(_ => true).Descendants("error").Select(error => $"{error.Attribute("type")!.Value}: {error.Attribute("message")!.Value}");

        Assert.Equal(["not-compared: /etc/shadow: no permission", "not-audited: oss1 does not answer"], errors);
    }

    [Fact]
    public void What_is_waived_is_a_skipped_test_that_says_until_when_and_why()
    {
        var suites = Read(SampleAudit.Of(SampleAudit.Server("mds1") with { Waived = [SampleAudit.Waived(SampleAudit.Finding())] }));

        var skipped = Assert.Single(suites.Descendants("skipped"));
        Assert.Equal("waived until 2026-11-25 by bob: new switch in December (w0123abcd)", skipped.Attribute("message")!.Value);
        Assert.Contains("wanted 17000, found 5000", skipped.Value);
        Assert.Equal("1", suites.Attribute("skipped")!.Value);
        Assert.Empty(suites.Descendants("failure"));
        // Nor does its component pass beside it.
        Assert.DoesNotContain(suites.Descendants("testcase"), test => test.Attribute("name")!.Value == "corosync");
    }

    [Theory]
    [InlineData(true, "failure")]
    [InlineData(false, "system-err")]
    public void An_expired_waiver_is_told_and_fails_where_what_it_hid_fails(bool isThere, string result)
    {
        var waiver = SampleAudit.Waiver(SampleAudit.Finding(), days: -1);
        var suites = Read(SampleAudit.Of(isThere ? SampleAudit.Server("mds1", SampleAudit.Finding()) : SampleAudit.Server("mds1")) with { ExpiredWaivers = [waiver] });

        var suite = suites.Elements("testsuite").Last();
        Assert.Equal("expired waivers", suite.Attribute("name")!.Value);
        var said = Assert.Single(Assert.Single(suite.Elements("testcase")).Elements());
        Assert.Equal(result, said.Name.LocalName);
        Assert.Contains("waiver w0123abcd EXPIRED on 2026-11-23", said.Value);
        Assert.Equal(isThere ? "2" : "0", suites.Attribute("failures")!.Value);
    }

    [Fact]
    public void A_suite_says_why_its_server_was_compared_with_that_snapshot()
    {
        var suites = Read(SampleAudit.Of(SampleAudit.Server("mds1") with { BaselineReason = "accepted by alice" }));

        Assert.Contains(suites.Descendants("property"), property => property.Attribute("name")!.Value == "baselineReason" && property.Attribute("value")!.Value == "accepted by alice");
    }

    private static XElement Read(AuditReport other) => XDocument.Parse(new JUnitReport(SampleAudit.Components, _ => true).Of(other)).Root!;

    private static XElement Read(Func<Finding, bool> fails) => XDocument.Parse(new JUnitReport(SampleAudit.Components, fails).Of(report)).Root!;
}
