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
