using Relustre.Audit;
using Relustre.Capture;
using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Tests.Capture;
using Relustre.Tests.Hosts;

namespace Relustre.Tests.Audit;

/// <summary>With stand-ins for crm_simulate: what counts is how it is asked, here and over a real sshd, and that a bad one does no harm.</summary>
public sealed class ClusterSimulationTests(SshServer server) : IClassFixture<SshServer>, IDisposable
{
    // Only the server's path leads to it.
    private const string Program = "relustre-test-simulator";

    private const string Moves = """
        [ "$*" = "--xml-pipe --run" ] || exit 9
        if grep -q changed; then printf 'Transition Summary:\n  * Move  MGS  ( mds1 -> mds2 )\n\n'; else printf 'Transition Summary:\n\n'; fi
        """;

    private static readonly ClusterChange Change = new(Cib(""), Cib("changed"));

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_simulator_is_asked_for_both_and_the_difference_is_told() =>
        Assert.Equal("the cluster would: Move MGS (mds1 -> mds2)", (await HereAsync(Moves)).Consequence);

    [Theory]
    [InlineData("exit 1")]
    [InlineData("cat >/dev/null; kill -6 $$")]
    [InlineData("exec <&-; exit 7")]
    [InlineData("cat >/dev/null; yes 'Transition Summary:'")]
    public async Task A_simulator_that_fails_says_nothing(string body)
    {
        var prediction = await HereAsync(body);

        Assert.Null(prediction.Consequence);
        Assert.StartsWith("the crm_simulate of this machine does not understand it (exit code ", prediction.Unpredicted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_simulator_that_is_what_is_said() =>
        Assert.Equal("this machine has no crm_simulate", (await Simulation.PredictAsync(Change, server: null, Cancel)).Unpredicted);

    [Fact]
    public async Task What_the_simulator_keeps_lies_in_memory_for_its_own_user_and_goes_with_it()
    {
        var told = folder["told"];

        await HereAsync($"""
            stat -f -c %T "$CIB_shadow_dir" >{told}; stat -c %a "$CIB_shadow_dir" >>{told}; echo "$CIB_shadow_dir" >>{told}
            (umask 0; cat >"$CIB_shadow_dir/shadow.1"); kill -9 $$
            """);

        Assert.Matches(@"\Atmpfs\n700\n(?<folder>/[a-z/]+/relustre\.\w+)\n\z", await File.ReadAllTextAsync(told, Cancel));
        Assert.False(Directory.Exists((await File.ReadAllLinesAsync(told, Cancel))[2]));
    }

    [Fact]
    public async Task Where_there_is_none_here_the_server_is_asked_with_nothing_that_it_does_not_know()
    {
        var told = folder["told"];
        var before = Cib("""<node id="1"><instance_attributes id="i"><nvpair id="a" name="passwd" value="b7f2-of-then"/><nvpair id="b" name="passwd" value="b7f2-of-now"/></instance_attributes></node>""");
        var after = Cib("""<node id="1" changed="1"><instance_attributes id="i"><nvpair id="b" name="passwd" value="b7f2-of-now"/></instance_attributes></node>""");
        var host = ServerWith($"cat /proc/[0-9]*/cmdline >>{told}.arguments; echo \"$CIB_shadow_dir\" >>{told}.folder; cat >{told}.last; cat {told}.last >>{told}; exec <{told}.last\n{Moves}");

        var prediction = await Simulation.PredictAsync(new(before, after), host, Cancel);

        Assert.Equal("the cluster would: Move MGS (mds1 -> mds2)", prediction.Consequence);
        Assert.Contains("b7f2-of-now", await File.ReadAllTextAsync(told, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("b7f2-of-then", await File.ReadAllTextAsync(told, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("b7f2", await File.ReadAllTextAsync($"{told}.arguments", Cancel), StringComparison.Ordinal);
        Assert.All(await File.ReadAllLinesAsync($"{told}.folder", Cancel), left => Assert.False(Directory.Exists(left)));
    }

    [Fact]
    public async Task A_server_without_one_a_key_that_does_one_thing_only_and_a_server_that_is_gone_are_told_apart()
    {
        var collector = server.Write("collector-of-simulation", CollectorScript.For(SampleComponent.Catalogue(new Source.Files("/etc/passwd"))).Text);
        var bound = server.Host with { IdentityFile = server.AddForcedKey("bound", $"/bin/sh {collector}") };

        Assert.Equal("this machine has no crm_simulate; mds1 has no crm_simulate", await WhyNotAsync(server.Host));
        Assert.Equal("this machine has no crm_simulate; mds1 could not be asked: mds1 runs its installed collector whatever it is asked (a forced command): this question needs a key that may run a shell",
            await WhyNotAsync(bound));
        Assert.Contains("mds1 could not be asked: ssh mds1 ended with 255", await WhyNotAsync(server.Host with { Port = SshServer.FreePort() }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ended 0\nended 0\nended 0\nend\n")]
    [InlineData("> Transition Summary:\nended 0\nend\n")]
    [InlineData("send\nsend\nsend\nend\n")]
    [InlineData("ended\nend\n")]
    [InlineData("end\n")]
    [InlineData("")]
    public async Task A_server_that_answers_with_no_sense_says_nothing(string answer)
    {
        var prediction = await AnsweringAsync(answer);

        Assert.Null(prediction.Consequence);
        Assert.NotNull(prediction.Unpredicted);
    }

    [Fact]
    public async Task What_a_server_says_is_bounded_and_does_nothing_to_a_terminal()
    {
        var many = string.Concat(Enumerable.Range(0, 5000).Select(number => $">   * Stop \u001b[2J{number} {new string('x', 500)}\n"));

        var prediction = await AnsweringAsync($"ended 0\n> Transition Summary:\n{many}ended 0\nend\n");

        Assert.DoesNotContain(prediction.Consequence!, char.IsControl);
        Assert.InRange(prediction.Consequence!.Length, 500, 2500);
        Assert.EndsWith("; and 4992 more", prediction.Consequence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_is_clean_by_shellcheck_and_asks_in_every_shell()
    {
        var cib = Cib("changed");
        folder.Write("cib", cib);
        folder.Write("question", new ClusterSimulation(TimeProvider.System, StandIn(Moves)).ScriptFor(server.Host, cib.Length, cib.Length));

        Assert.Equal("", folder.Shell("shellcheck -s sh -S style question"));
        Assert.Equal("\n> \n>   * Move  MGS  ( mds1 -> mds2 )\n> Transition Summary:\nend\nended 0\nrelustre simulation 1\nsend\n",
            folder.Shell("for shell in dash 'busybox sh' bash 'bash --posix' ksh; do cat cib cib | $shell ./question; done | LC_ALL=C sort -u"));
    }

    private static ClusterSimulation Simulation => new(TimeProvider.System, Program);

    private static string Cib(string nodes) =>
        $"<cib><configuration><nodes>{nodes}</nodes></configuration><status><node_state id=\"1\"/></status></cib>";

    private static async Task<string> WhyNotAsync(Host host) => (await Simulation.PredictAsync(Change, host, Cancel)).Unpredicted!;

    private Task<Prediction> HereAsync(string body) => new ClusterSimulation(TimeProvider.System, StandIn(body)).PredictAsync(Change, server: null, Cancel);

    // A server whose login shell has another path than ours.
    private Host ServerWith(string body)
    {
        StandIn(body);
        var shell = server.Write($"shell-{Guid.NewGuid():N}", $"PATH={folder.Path}:$PATH; export PATH; eval \"$SSH_ORIGINAL_COMMAND\"\n");
        return server.Host with { IdentityFile = server.AddForcedKey($"key-{Guid.NewGuid():N}", $"/bin/sh {shell}") };
    }

    // One that does not run our script at all.
    private async Task<Prediction> AnsweringAsync(string answer)
    {
        var said = server.Write($"said-{Guid.NewGuid():N}", $"relustre simulation 1\n{answer}");
        var host = server.Host with { IdentityFile = server.AddForcedKey($"key-{Guid.NewGuid():N}", $"cat {said}") };
        return await Simulation.PredictAsync(Change, host, Cancel);
    }

    private string StandIn(string body)
    {
        var path = folder.Write(Program, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
