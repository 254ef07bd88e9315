using System.Text;
using System.Text.Json;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every recorded server and every component.</summary>
public class RecordingLaws
{
    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void It_reads_the_settings_we_approved(string recording)
    {
        var host = RecordedHost.Open(recording);

        host.Approve("settings.txt", string.Concat(host.Component.Read(host.State).Select(setting => $"{Escaped($"{setting.Key} = {setting.Shown}")}\n")));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void It_states_the_facts_we_approved(string recording)
    {
        var host = RecordedHost.Open(recording);

        host.Approve("facts.json", Json(host.Component.Facts(host.State)) + "\n");
    }

    [Theory, MemberData(nameof(Recordings))]
    public void It_never_tells_a_secret(string recording)
    {
        var host = RecordedHost.Open(recording);

        Assert.DoesNotContain(RecordedHost.SecretMark, Json(host.Component.Facts(host.State)));
        Assert.All(host.Component.Read(host.State), setting =>
            Assert.DoesNotContain(RecordedHost.SecretMark, $"{setting.Key} {setting.Shown}"));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Facts_come_back_from_a_snapshot_as_they_were(string recording)
    {
        var host = RecordedHost.Open(recording);
        var written = Json(host.Component.Facts(host.State));

        var read = JsonSerializer.Deserialize(written, FactsJson.Default.ComponentFacts);

        Assert.Equal(written, Json(read));
        Assert.True(read is null || written.Contains($"\"component\": \"{host.Component.Name}\"", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Every_file_and_tool_belongs_to_its_component_and_to_no_other(string recording)
    {
        var host = RecordedHost.Open(recording);
        var others = Catalogue.BuiltIn.Components.Where(component => component != host.Component).ToList();

        Assert.All(host.State.Files, file => Assert.NotNull(host.Component.SourceOf(file)));
        Assert.All(host.State.Files, file => Assert.DoesNotContain(others, other => other.SourceOf(file) is not null));
        Assert.All(host.State.Tools, tool => Assert.Contains(host.Component.Sources.OfType<Source.Tool>(), source => source.Name == tool.Name));
    }

    [Fact]
    public void A_component_with_secrets_has_a_recording_with_some()
    {
        var tested = RecordedHost.Names.Select(RecordedHost.Open)
            .Where(host => host.State.Files.Any(file => file.Text.Contains(RecordedHost.SecretMark, StringComparison.Ordinal))
                || host.State.Tools.Any(tool => tool.Text.Contains(RecordedHost.SecretMark, StringComparison.Ordinal)))
            .Select(host => host.Component).ToHashSet();

        Assert.All(Catalogue.BuiltIn.Components.Where(component => component.Sources.Any(source => source.IsSecret)), component =>
            Assert.Contains(component, tested));
    }

    private static string Json(ComponentFacts? facts) => JsonSerializer.Serialize(facts, FactsJson.Default.ComponentFacts!);

    private static string Escaped(string text) =>
        text.Aggregate(new StringBuilder(), (escaped, unit) => char.IsControl(unit) ? escaped.Append($"\\u{(int)unit:x4}") : escaped.Append(unit)).ToString();
}
