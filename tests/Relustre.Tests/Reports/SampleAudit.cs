using System.Text;
using Relustre.Audit;
using Relustre.Cli;
using Relustre.Cli.Output;
using Relustre.Cli.Reports;
using Relustre.Cli.Views;
using Relustre.Vault;

namespace Relustre.Tests.Reports;

/// <summary>An audit that was never done, and every way of writing it down.</summary>
internal static class SampleAudit
{
    public static DateTimeOffset At { get; } = new(2026, 11, 24, 21, 30, 5, TimeSpan.Zero);

    public static IReadOnlyList<string> Components { get; } = [.. Catalogue.BuiltIn.InRestoreOrder.Select(component => component.Name)];

    public static AuditReport Of(params IReadOnlyList<AuditedServer> servers) => new(At, servers);

    public static AuditedServer Server(string host, params IReadOnlyList<Finding> findings) => new(host)
    {
        Baseline = new StoredSnapshot(BlobId.Of([1, 2, 3]), new SnapshotRecord { Time = At.AddDays(-1), Tree = BlobId.Of([4]), Hostname = host }),
        Findings = findings,
    };

    public static Finding Finding(string host = "mds1", string? wanted = "17000", string? found = "5000", Risk risk = Risk.FailoverAtRisk) =>
        new(host, "corosync", Relustre.Finding.Drift, "/etc/corosync/corosync.conf: totem.token")
        {
            Wanted = wanted,
            Found = found,
            Risk = risk,
            Why = "the nodes of the pair do not agree on when one of them is dead",
        };

    /// <summary>A finding that is passed over, by a waiver whose last day is the day after <see cref="At"/>.</summary>
    public static WaivedFinding Waived(Finding finding, string reason = "new switch in December", string owner = "bob") => new(finding, Waiver(finding, reason, owner));

    public static Waiver Waiver(Finding finding, string reason = "new switch in December", string owner = "bob", int days = 1) => new(new Decision
    {
        Id = "w0123abcd",
        At = At.AddDays(-30),
        Kind = DecisionKind.Waived,
        By = "alice",
        Machine = "adm1",
        Host = finding.Host,
        Finding = finding,
        Reason = reason,
        Owner = owner,
        Until = DateOnly.FromDateTime(At.UtcDateTime).AddDays(days),
    });

    /// <summary>Name and text of the report in every format.</summary>
    public static IReadOnlyList<(string Format, string Text)> Formats(AuditReport report) =>
    [
        ("json", JsonText.Of(AuditReply.Of(report), Replies.Json.AuditReply)),
        ("sarif", SarifReport.Of(report)),
        ("junit", new JUnitReport(Components, _ => true).Of(report)),
        ("html", new HtmlReport(Components).Of(report)),
        ("pipe", Sheet(report, isTerminal: false)),
        ("terminal", Sheet(report, isTerminal: true)),
    ];

    public static string Sheet(AuditReport report, bool isTerminal, int width = 80, bool colour = false)
    {
        using var output = new MemoryStream();
        using (var screen = new Screen(Surroundings(output, isTerminal, width), json: false, colour))
        {
            WaiverLines.Warn(report.ExpiredWaivers, screen);
            WaiverLines.Show([.. report.Servers.SelectMany(server => server.Waived)], screen);
            new AuditSheet(screen).Show(report, _ => true);
        }
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Surroundings Surroundings(Stream output, bool isTerminal, int width) => new()
    {
        Output = output,
        Error = TextWriter.Null,
        OutputIsTerminal = isTerminal,
        ErrorIsTerminal = isTerminal,
        Width = width,
        Environment = _ => null,
        Folder = "/",
        Clock = TimeProvider.System,
    };
}
