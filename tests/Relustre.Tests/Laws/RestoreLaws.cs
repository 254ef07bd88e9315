using System.Text.Json;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every component's restore.</summary>
public class RestoreLaws
{
    private static readonly RestoreContext Context = new()
    {
        Platform = new Platform { EnterpriseLinux = 7, PackageTool = PackageTool.Yum },
        Wanted = new Dictionary<string, ComponentFacts>(),
        Found = new Dictionary<string, ComponentFacts>(),
    };

    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void Where_nothing_differs_there_is_nothing_to_do(string recording)
    {
        var host = RecordedHost.Open(recording);

        Assert.Empty(host.Component.Restore(host.State, host.State, Context));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void A_plan_survives_being_written_down_with_all_its_content(string recording)
    {
        var host = RecordedHost.Open(recording);

        foreach (var step in host.Component.Restore(host.State, ComponentState.Empty, ContextOf(host)))
        {
            var written = JsonSerializer.Serialize(step);
            var read = JsonSerializer.Deserialize<RestoreStep>(written)!;

            Assert.Equal(written, JsonSerializer.Serialize(read));
            Assert.Equal(step.On(Context.Platform).Arguments, read.On(Context.Platform).Arguments);
            Assert.True(step.On(Context.Platform).Input.Span.SequenceEqual(read.On(Context.Platform).Input.Span));
        }
    }

    [Theory, MemberData(nameof(Recordings))]
    public void No_secret_stands_in_an_argument_or_a_summary(string recording)
    {
        var host = RecordedHost.Open(recording);

        Assert.All(host.Component.Restore(host.State, ComponentState.Empty, ContextOf(host)), step =>
            Assert.DoesNotContain(RecordedHost.SecretMark, $"{step.Summary} {string.Join(' ', step.On(Context.Platform).Arguments)}"));
    }

    private static RestoreContext ContextOf(RecordedHost host) => host.Component.Facts(host.State) is { } facts
        ? Context with { Wanted = new Dictionary<string, ComponentFacts> { [host.Component.Name] = facts } }
        : Context;
}
