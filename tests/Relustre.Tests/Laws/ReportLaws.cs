using Relustre.Audit;
using Relustre.Tests.Reports;

namespace Relustre.Tests.Laws;

/// <summary>What holds for whatever is found on a recorded server, in every format in which it can be told.</summary>
public class ReportLaws
{
    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void No_report_in_any_format_tells_a_secret(string recording)
    {
        var host = RecordedHost.Open(recording);
        var other = host.State with
        {
            Files = [.. host.State.Files.Select(file => file with { Content = Other(file.Content) })],
            Tools = [.. host.State.Tools.Select(tool => tool with { Output = Other(tool.Output) })],
        };
        Difference[] differences =
        [
            .. host.Component.Compare(host.State, ComponentState.Empty),
            .. host.Component.Compare(ComponentState.Empty, host.State),
            .. host.Component.Compare(host.State, other),
            .. host.Component.Compare(other, host.State),
        ];
        IReadOnlyList<Finding> findings = [.. differences.Select(difference => Finding.Of("mds1", difference))];
        var server = SampleAudit.Server("mds1", findings) with
        {
            Texts = [.. Texts(host.Component, host.State)],
            Waived = [.. findings.Select(finding => SampleAudit.Waived(finding))],
        };
        var audit = SampleAudit.Of(server) with { ExpiredWaivers = [.. findings.Select(finding => SampleAudit.Waiver(finding, days: -1))] };

        Assert.All(SampleAudit.Formats(audit), report => Assert.DoesNotContain(RecordedHost.SecretMark, report.Text));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Text_that_is_shown_is_the_servers_own_but_for_its_secrets(string recording)
    {
        var host = RecordedHost.Open(recording);

        foreach (var file in host.State.Files.Where(file => file.Kind == FileKind.File))
        {
            var shown = ShownText.Of(host.Component, new ComponentState([file], []));
            Assert.True(shown is not null || file.Text.Contains(RecordedHost.SecretMark) || host.Component.SourceOf(file)!.IsSecret
                || host.Component.Read(new ComponentState([file], [])).Any(setting => setting.IsSecret), file.Path);
            if (shown is not null && !shown.Contains(ShownText.Hidden))
                Assert.Equal(file.Text, shown);
        }
    }

    private static IEnumerable<ChangedText> Texts(Component component, ComponentState state) =>
        from one in state.Files.Where(file => file.Kind == FileKind.File).Select(file => (Place: file.Path, State: new ComponentState([file], [])))
            .Concat(state.Tools.Select(tool => (Place: tool.Name, State: new ComponentState([], [tool]))))
        let shown = ShownText.Of(component, one.State)
        where shown is not null
        select new ChangedText(component.Name, one.Place) { Lines = UnifiedDiff.Between("", shown) };

    // The last line is gone and all others have moved.
    private static ReadOnlyMemory<byte> Other(ReadOnlyMemory<byte> content) => content.Length < 2 ? content : content[..(content.Length / 2)];
}
