using System.Text.Json;
using System.Xml.Linq;
using Relustre.Audit;
using Relustre.Snapshots;

namespace Relustre.Tests.Reports;

/// <summary>A server may say anything: nothing that it says becomes more than text.</summary>
public class HostileReportTests
{
    private const int Enormous = 1 << 20;

    public static TheoryData<string> Values =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "]]>",
        "</pre></td></svg></style>",
        "-->",
        "&amp;&lt;",
        "\0\a\b\e[31mred\e]0;title\a\u007f\u009b31m",
        "\ud800 alone \udfff",
        "a\udc80b",
        "\uffff\ufffe",
        "\u202eright to left\u2066",
        "two\nlines\r\nand\ta tab",
        "{{constructor}} ${jndi:ldap://x} %s %n",
        "../../../etc/passwd: x",
        "",
        new string('x', Enormous),
        new string('\e', Enormous),
        new string('\ud83d', Enormous),
    ];

    [Theory, MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Whatever_a_server_says_every_format_is_whole_and_harmless(string value)
    {
        var report = Hostile(value);

        foreach (var (format, text) in SampleAudit.Formats(report))
        {
            // Tabs stay in the lines of a file.
            Assert.Equal((format, ' '), (format, text.FirstOrDefault(unit => char.IsControl(unit) && unit is not ('\n' or '\t'), ' ')));
            if (format is "json")
                continue;
            Assert.Equal((format, -1), (format, text.IndexOf('\u202e')));
            Assert.True(text.Length < 200_000, $"{format} has {text.Length} characters");
        }
    }

    [Theory, MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Programs_can_read_it(string value)
    {
        var formats = SampleAudit.Formats(Hostile(value)).ToDictionary(format => format.Format, format => format.Text);

        using var json = JsonDocument.Parse(formats["json"]);
        using var sarif = JsonDocument.Parse(formats["sarif"]);
        Assert.Equal(3, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Equal(2, XDocument.Parse(formats["junit"]).Descendants("failure").Count());
    }

    [Theory, MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_page_has_no_element_but_its_own(string value)
    {
        var html = SampleAudit.Formats(Hostile(value)).Single(format => format.Format == "html").Text;
        var harmless = SampleAudit.Formats(Hostile("harmless")).Single(format => format.Format == "html").Text;

        Assert.Equal(harmless.Count(unit => unit == '<'), html.Count(unit => unit == '<'));
        Assert.Equal(harmless.Count(unit => unit == '"'), html.Count(unit => unit == '"'));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html);
    }

    private static AuditReport Hostile(string value) => SampleAudit.Of(
        SampleAudit.Server(value.Length > 100 ? "mds1" : value,
            SampleAudit.Finding(value, value, found: value + "2") with { Why = value, Consequence = value },
            new Finding("mds1", "corosync", Finding.Drift, "/etc/" + value) { Wanted = value, Risk = Risk.Security, Why = "why" }) with
        {
            BaselineReason = value,
            Waived = [SampleAudit.Waived(SampleAudit.Finding(wanted: value), reason: value, owner: value)],
            Problems = [new ManifestProblem(value, value)],
            Texts = [new ChangedText("corosync", "/etc/" + value) { Lines = ["-" + value, "+" + value, " " + value], Note = value }],
        },
        new AuditedServer("oss1") { Failure = value }) with
    {
        ExpiredWaivers = [SampleAudit.Waiver(SampleAudit.Finding(host: value), reason: value, owner: value)],
    };
}
