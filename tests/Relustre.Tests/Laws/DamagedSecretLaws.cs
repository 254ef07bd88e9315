using Relustre.Audit;
using Relustre.Tests.Reports;

namespace Relustre.Tests.Laws;

/// <summary>Files that are cut off or have a flipped bit are told in every format, and their secrets in none.</summary>
public class DamagedSecretLaws
{
    private const int Damages = 24;

    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void No_report_tells_a_secret_of_a_file_that_is_cut_off(string recording) =>
        Law(recording, (content, turn) => content[..(int)((long)content.Length * turn / Damages)]);

    [Theory, MemberData(nameof(Recordings))]
    public void No_report_tells_a_secret_of_a_file_with_a_flipped_bit(string recording) =>
        Law(recording, (content, turn) => Flipped(content, turn));

    private static void Law(string recording, Func<ReadOnlyMemory<byte>, int, ReadOnlyMemory<byte>> damage)
    {
        var host = RecordedHost.Open(recording);
        if (!host.State.Files.Select(file => file.Text).Concat(host.State.Tools.Select(tool => tool.Text)).Any(text => text.Contains(RecordedHost.SecretMark)))
            return;
        for (var turn = 0; turn < Damages; turn++)
        {
            var damaged = host.State with
            {
                Files = [.. host.State.Files.Select(file => file with { Content = damage(file.Content, turn) })],
                Tools = [.. host.State.Tools.Select(tool => tool with { Output = damage(tool.Output, turn) })],
            };
            IReadOnlyList<Finding> findings = [.. host.Component.Compare(host.State, damaged).Concat(host.Component.Compare(damaged, host.State)).Select(difference => Finding.Of("mds1", difference))];
            var server = SampleAudit.Server("mds1", findings) with
            {
                Waived = [.. findings.Select(finding => SampleAudit.Waived(finding))],
                Texts = [.. Texts(host.Component, host.State, damaged), .. Texts(host.Component, damaged, host.State)],
            };

            Assert.All(SampleAudit.Formats(SampleAudit.Of(server)), report => Assert.DoesNotContain(RecordedHost.SecretMark, report.Text));
        }
    }

    // What --text shows of each file and answer.
    private static IEnumerable<ChangedText> Texts(Component component, ComponentState was, ComponentState now) =>
    [
        .. from pair in was.Files.Zip(now.Files)
           where pair.First.Kind == FileKind.File
           let text = TextChanges.Between(new ChangedText(component.Name, pair.First.Path), component, new([pair.First], []), new([pair.Second], []))
           where text is not null
           select text,
        .. from pair in was.Tools.Zip(now.Tools)
           let text = TextChanges.Between(new ChangedText(component.Name, pair.First.Name), component, new([], [pair.First]), new([], [pair.Second]))
           where text is not null
           select text,
    ];

    // Spread over the whole of it, each time another bit; the same in every run.
    private static ReadOnlyMemory<byte> Flipped(ReadOnlyMemory<byte> content, int turn)
    {
        if (content.IsEmpty)
            return content;
        var bytes = content.ToArray();
        for (var at = turn * 7 % 61; at < bytes.Length; at += 61)
            bytes[at] ^= (byte)(1 << ((turn + at) % 7));
        return bytes;
    }
}
