using System.Text;
using System.Text.Json;

namespace Relustre.Tests.Laws;

/// <summary>A server in trouble has broken files; they are what we are asked to look at.</summary>
public class BrokenServerLaws
{
    private const int Breakages = 100;

    private static readonly string[] Debris = ["\0", "\n", "\"", "'", "{", "}", "[", "]", ":", "=", "#", "\\", " ", "\u001b[2J", "é", "99999999999999999999", "-1"];

    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void Reading_is_total(string recording)
    {
        var host = RecordedHost.Open(recording);

        for (var turn = 0; turn < Breakages; turn++)
        {
            var state = Broken(host.State, turn);
            Assert.All(host.Component.Read(state), setting => Assert.NotNull(setting.Value));
            FactsOf(host.Component, state);
        }
    }

    // Of everything a hundred times as much, and then some: a reader that goes back over it needs minutes.
    [Theory, MemberData(nameof(Recordings))]
    public void A_server_with_very_much_of_it_is_read_and_compared_in_time(string recording)
    {
        var host = RecordedHost.Open(recording);
        var grown = new ComponentState(
            [.. host.State.Files.Select(file => file with { Content = Grown(file.Content, 1) })],
            [.. host.State.Tools.Select(tool => tool with { Output = Grown(tool.Output, 1) })]);
        var other = new ComponentState(
            [.. host.State.Files.Select(file => file with { Content = Grown(file.Content, 2) })],
            [.. host.State.Tools.Select(tool => tool with { Output = Grown(tool.Output, 2) })]);

        var spent = ThreadCpu.SpentBy(() => host.Component.Compare(grown, other));

        Assert.InRange(spent, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    // Cutting bytes out of the middle may join any two lines, so here files are only cut off and littered.
    [Theory, MemberData(nameof(Recordings))]
    public void A_damaged_secret_file_still_tells_no_secret(string recording)
    {
        var host = RecordedHost.Open(recording);
        var state = new ComponentState(
            [.. host.State.Files.Select(file => host.Component.SourceOf(file)?.IsSecret == true ? file : file with { Content = WithoutMarks(file.Content) })],
            [.. host.State.Tools.Select(tool => IsSecret(host.Component, tool) ? tool : tool with { Output = WithoutMarks(tool.Output) })]);

        for (var turn = 0; turn < Breakages; turn++)
            Assert.DoesNotContain(RecordedHost.SecretMark, FactsOf(host.Component, Broken(state, turn, kinds: 2)));
    }

    // Each copy with its number, so that they are not all alike.
    private static ReadOnlyMemory<byte> Grown(ReadOnlyMemory<byte> content, int seed)
    {
        var text = Encoding.Latin1.GetString(content.Span);
        var grown = new StringBuilder();
        for (var copy = seed; grown.Length < 50_000 && text.Length > 0; copy++)
            grown.Append(text.Replace("1", $"{copy}", StringComparison.Ordinal)).Append('\n');
        return Encoding.Latin1.GetBytes(grown.ToString());
    }

    private static string FactsOf(Component component, ComponentState state) =>
        JsonSerializer.Serialize(component.Facts(state), FactsJson.Default.ComponentFacts!);

    private static bool IsSecret(Component component, ToolOutput output) =>
        component.Sources.OfType<Source.Tool>().Any(tool => tool.Name == output.Name && tool.IsSecret);

    private static ReadOnlyMemory<byte> WithoutMarks(ReadOnlyMemory<byte> content) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(content.Span).Replace(RecordedHost.SecretMark, "openly", StringComparison.Ordinal));

    private static ComponentState Broken(ComponentState state, int turn, int kinds = 5) => new(
        [.. state.Files.Select((file, at) => file with { Content = Broken(file.Content, Chance(turn, at), kinds) })],
        [.. state.Tools.Select((tool, at) => tool with { Output = Broken(tool.Output, Chance(turn, at + 1000), kinds) })]);

    // The same numbers in every run: a failure seen once is seen again.
    private static uint[] Chance(int turn, int file)
    {
        var numbers = new uint[5];
        var state = (ulong)((turn * 100_003) + file + 1);
        for (var at = 0; at < numbers.Length; at++)
            numbers[at] = (uint)((state = (state * 6364136223846793005) + 1442695040888963407) >> 33);
        return numbers;
    }

    private static ReadOnlyMemory<byte> Broken(ReadOnlyMemory<byte> content, uint[] chance, int kinds)
    {
        if (content.IsEmpty || chance[0] % 3 == 0)
            return content;
        var from = (int)(chance[1] % (uint)content.Length);
        var length = (int)Math.Min(chance[2] % 200, (uint)(content.Length - from));
        var before = content.Span[..from];
        var part = content.Span.Slice(from, length);
        var after = content.Span[(from + length)..];
        var debris = Encoding.UTF8.GetBytes(Debris[chance[3] % Debris.Length]);
        return (chance[4] % kinds) switch
        {
            0 => before.ToArray(),
            1 => (byte[])[.. before, .. debris, .. part, .. after],
            2 => (byte[])[.. before, .. after],
            3 => (byte[])[.. before, .. part, .. part, .. part, .. after],
            _ => (byte[])[.. before, .. debris, .. after],
        };
    }
}
