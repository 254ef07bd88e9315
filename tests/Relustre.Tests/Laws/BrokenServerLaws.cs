using System.Text;
using System.Text.Json;
using CsCheck;

namespace Relustre.Tests.Laws;

/// <summary>A server in trouble has broken files; they are what we are asked to look at.</summary>
public class BrokenServerLaws
{
    private const int Breakages = 60;

    private static readonly string[] Debris = ["\0", "\n", "\"", "'", "{", "}", "[", "]", ":", "=", "#", "\\", " ", "\u001b[2J", "é", "99999999999999999999", "-1"];

    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void Reading_is_total_and_still_tells_no_secret(string recording)
    {
        var host = RecordedHost.Open(recording);

        Gen.Select(Gen.Int[0, int.MaxValue - 1].Array[6], Gen.Int[0, 4]).Sample((numbers, kind) =>
        {
            var state = Broken(host.State, numbers, kind);

            foreach (var setting in host.Component.Read(state))
                Assert.NotNull(setting.Key);
            Assert.DoesNotContain(RecordedHost.SecretMark, JsonSerializer.Serialize(host.Component.Facts(state), FactsJson.Default.ComponentFacts!));
        }, iter: Breakages, threads: 1);
    }

    private static ComponentState Broken(ComponentState state, int[] numbers, int kind) => new(
        [.. state.Files.Select((file, at) => file with { Content = Broken(file.Content, numbers, kind, at) })],
        [.. state.Tools.Select((tool, at) => tool with { Output = Broken(tool.Output, numbers, kind, at) })]);

    private static ReadOnlyMemory<byte> Broken(ReadOnlyMemory<byte> content, int[] numbers, int kind, int salt)
    {
        if (content.IsEmpty || (numbers[5] + salt) % 3 == 0)
            return content;
        var from = (numbers[0] + salt * 7919L) % content.Length;
        var length = Math.Min((numbers[1] + salt) % 200, content.Length - from);
        var before = content.Span[..(int)from];
        var part = content.Span.Slice((int)from, (int)length);
        var after = content.Span[(int)(from + length)..];
        var debris = Encoding.UTF8.GetBytes(Debris[(numbers[2] + salt) % Debris.Length]);
        return kind switch
        {
            0 => before.ToArray(),
            1 => (byte[])[.. before, .. after],
            2 => (byte[])[.. before, .. debris, .. part, .. after],
            3 => (byte[])[.. before, .. part, .. part, .. part, .. after],
            _ => (byte[])[.. before, .. debris, .. after],
        };
    }
}
