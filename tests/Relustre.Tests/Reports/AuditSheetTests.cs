namespace Relustre.Tests.Reports;

/// <summary>An audit as people see it.</summary>
public class AuditSheetTests
{
    private static readonly string longValue = string.Concat(Enumerable.Range(0, 60).Select(number => $"item{number},"));

    [Fact]
    public void The_worst_comes_first_with_its_values_and_where_it_was_found()
    {
        var text = SampleAudit.Sheet(SampleAudit.Of(SampleAudit.Server("mds1",
            SampleAudit.Finding(risk: Risk.Cosmetic), SampleAudit.Finding() with { Setting = "/etc/corosync/corosync.conf: totem.consensus" })), isTerminal: false);

        Assert.Equal(
            $"""
            FAILOVER AT RISK  1 finding: when one node of the pair dies, the other will not take over

              corosync
              the nodes of the pair do not agree on when one of them is dead
                /etc/corosync/corosync.conf
                  totem.consensus
                    wanted  17000
                    found   5000
                    on      mds1 [{(SampleAudit.Finding() with { Setting = "/etc/corosync/corosync.conf: totem.consensus" }).Id}]

            COSMETIC  1 finding: looks different and works the same

              corosync
              the nodes of the pair do not agree on when one of them is dead
                /etc/corosync/corosync.conf
                  totem.token
                    wanted  17000
                    found   5000
                    on      mds1 [{SampleAudit.Finding().Id}]

            mds1: 2 findings, worst: failover at risk  (against 03905803 2026-11-23 21:30:05Z)

            """.Replace("03905803", SampleAudit.Server("mds1").Baseline!.Id.Short, StringComparison.Ordinal), text);
    }

    [Fact]
    public void The_same_on_many_servers_is_told_once()
    {
        var hosts = Enumerable.Range(1, 64).Select(number => $"oss{number}").ToList();

        var text = SampleAudit.Sheet(SampleAudit.Of([.. hosts.Select(host => SampleAudit.Server(host, SampleAudit.Finding(host)))]), isTerminal: false);

        Assert.Equal(2, text.Split("totem.token").Length);
        Assert.Contains("and 56 more servers", text);
        Assert.Contains("64 servers: 0 as they should be, 64 with findings, 0 not audited (64 failover at risk)", text);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void On_a_terminal_no_finding_is_wider_than_it(int width)
    {
        var finding = SampleAudit.Finding(wanted: longValue, found: longValue + "more") with { Setting = $"/etc/{longValue}: {longValue}" };

        var text = SampleAudit.Sheet(SampleAudit.Of(SampleAudit.Server("mds1", finding)), isTerminal: true, width);

        Assert.All(text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)), line => Assert.True(line.Length <= width, line));
        Assert.Contains("…", text);
    }

    [Fact]
    public void Colour_is_for_terminals_that_have_it()
    {
        var report = SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding()));

        Assert.Contains("\e[1;31mFAILOVER AT RISK\e[0m", SampleAudit.Sheet(report, isTerminal: true, colour: true));
        Assert.DoesNotContain('\e', SampleAudit.Sheet(report, isTerminal: true, colour: false));
        Assert.DoesNotContain('\e', SampleAudit.Sheet(report, isTerminal: false, colour: true));
    }

    [Fact]
    public void In_a_pipe_the_width_of_a_terminal_means_nothing()
    {
        var report = SampleAudit.Of(SampleAudit.Server("mds1", SampleAudit.Finding(wanted: longValue)));

        Assert.Equal(SampleAudit.Sheet(report, isTerminal: false, width: 40), SampleAudit.Sheet(report, isTerminal: false, width: 200));
        Assert.Contains(longValue, SampleAudit.Sheet(report, isTerminal: false, width: 40));
    }
}
