using Relustre.Audit;
using Relustre.Cli.Reports;

namespace Relustre.Tests.Reports;

public class HtmlReportTests
{
    [Fact]
    public void What_is_waived_stands_in_a_section_of_its_own_and_is_not_called_as_it_should_be()
    {
        var html = Page(SampleAudit.Of(SampleAudit.Server("mds1") with { Waived = [SampleAudit.Waived(SampleAudit.Finding())] }));

        Assert.Contains("<h2>Waived</h2>", html);
        Assert.Contains("wanted 17000, found 5000", html);
        Assert.Contains("until 2026-11-25 by bob: new switch in December (w0123abcd)", html);
        Assert.Contains("mds1, corosync: 1 finding, waived", html);
        Assert.Contains("Nothing that counts: what was found is waived.", html);
        Assert.DoesNotContain("Nothing that was read differs", html);
    }

    [Fact]
    public void An_expired_waiver_stands_at_the_top()
    {
        var report = SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding())) with { ExpiredWaivers = [SampleAudit.Waiver(SampleAudit.Finding(), days: -1)] };

        var html = Page(report);

        Assert.InRange(html.IndexOf("waiver w0123abcd EXPIRED on 2026-11-23", StringComparison.Ordinal), 1, html.IndexOf("<h2>Where</h2>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_without_waivers_does_not_speak_of_them()
    {
        var html = Page(SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding())));

        Assert.DoesNotContain("aived", html[html.IndexOf("<body>", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("EXPIRED", html);
    }

    [Fact]
    public void A_page_says_why_a_server_was_compared_with_its_baseline() =>
        Assert.Contains("Z: accepted by alice", Page(SampleAudit.Of(SampleAudit.Server("mds1") with { BaselineReason = "accepted by alice" })));

    private static string Page(AuditReport report) => new HtmlReport(SampleAudit.Components).Of(report);
}
