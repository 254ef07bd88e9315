using System.Text;
using Relustre.Audit;

namespace Relustre.Tests.Audit;

/// <summary>With stand-ins for crm_simulate: what counts is how it is asked, and that a bad one does no harm.</summary>
public sealed class ClusterSimulationTests : IDisposable
{
    private const string Cib =
        """<cib><configuration><nodes/></configuration><status><node_state id="1"/></status></cib>""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_simulator_is_asked_for_both_and_the_difference_is_told()
    {
        var simulator = StandIn("""
            [ "$*" = "--xml-pipe --run" ] || exit 9
            if grep -q changed; then printf 'Transition Summary:\n  * Move  MGS  ( mds1 -> mds2 )\n\n'; else printf 'Transition Summary:\n\n'; fi
            """);

        Assert.Equal(
            "the cluster would: Move MGS (mds1 -> mds2)",
            await new ClusterSimulation(simulator).ConsequenceAsync(State(Cib), State(Cib.Replace("<nodes/>", "<nodes changed=\"1\"/>")), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("cat >/dev/null; kill -6 $$")]
    [InlineData("exec <&-; exit 0")]
    public async Task A_simulator_that_fails_says_nothing(string body) =>
        Assert.True(await new ClusterSimulation(StandIn(body)).ConsequenceAsync(State(Cib), State(Cib), TestContext.Current.CancellationToken) is null or "the cluster would do nothing about it just now");

    [Fact]
    public async Task Without_a_simulator_nothing_is_said() =>
        Assert.Null(await new ClusterSimulation(Path.Combine(folder.Path, "none")).ConsequenceAsync(State(Cib), State(Cib), TestContext.Current.CancellationToken));

    private static ComponentState State(string cib) =>
        new([], [new ToolOutput("cib.xml", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(cib) }]);

    private string StandIn(string body)
    {
        var path = Path.Combine(folder.Path, "crm_simulate");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
