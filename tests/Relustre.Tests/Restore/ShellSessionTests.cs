using System.Text;
using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Restore;

/// <summary>One shell, many scripts: none may be told from another, or begin before all of it is there.</summary>
public sealed class ShellSessionTests
{
    private static readonly Host Here = new(Host.Localhost);

    public static TheoryData<string> Shells => ["dash", "bash", "ksh", "busybox sh"];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Scripts_leave_nothing_to_those_after_them(string shell)
    {
        await using var session = Of(shell);

        Assert.Equal(new CommandResult(3, "one\ntwo\n"), await RunAsync(session, "secret=yes; cd /\nprintf 'one\\ntwo\\n' >&2\nexit 3"));
        Assert.Equal(new CommandResult(0, $"none {Environment.CurrentDirectory}"), await RunAsync(session, "printf '%s %s' \"${secret-none}\" \"$PWD\""));
        Assert.Equal(127, (await RunAsync(session, "no-such-program")).ExitCode);
        Assert.Equal(2, (await RunAsync(session, "set -e; (exit 2); echo never")).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task One_shell_runs_them_all(string shell)
    {
        await using var session = Of(shell);

        var first = await RunAsync(session, "echo $$");

        Assert.Equal(first, await RunAsync(session, "echo $$"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Input_that_a_script_does_not_want_is_no_script(string shell)
    {
        await using var session = Of(shell);
        var input = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("echo taken for a script\n", 20_000)));

        var answer = await session.RunAsync($"head -c {input.Length} | {{ true; code=$?; cat >/dev/null; exit $code; }}", input, TestContext.Current.CancellationToken);

        Assert.Equal(new CommandResult(0, ""), answer);
        Assert.Equal(new CommandResult(0, "next\n"), await RunAsync(session, "echo next"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Half_a_script_is_not_run(string shell)
    {
        using var folder = new TemporaryFolder();
        var cut = folder["cut"];
        await using (var connection = new LocalConnection(Here, shell.Split(' '), ShellSession.Loop, ""))
        {
            await connection.Input.WriteAsync(Encoding.UTF8.GetBytes($"word\n: >'{cut}'\n"), TestContext.Current.CancellationToken);
            await connection.Input.DisposeAsync();

            Assert.Equal(0, await connection.Output.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        Assert.False(File.Exists(cut));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Any_bytes_but_nul_come_through(string shell)
    {
        await using var session = Of(shell);
        var all = string.Concat(Enumerable.Range(1, 255).Select(value => $"\\{Convert.ToString(value, 8)}"));
        using var folder = new TemporaryFolder();
        var name = UnixPath.Decode([.. Encoding.UTF8.GetBytes(folder["odd \t\r' "]), 0xff, 0xfe]);

        Assert.Equal(0, (await RunAsync(session, $"printf '{all}' >{RemoteCommand.Quote(name)}")).ExitCode);

        Assert.Equal($"{255}", (await RunAsync(session, $"cat {RemoteCommand.Quote(name)} | wc -c")).Output.Trim());
    }

    [Fact]
    public async Task Of_a_flood_the_end_is_kept()
    {
        await using var session = Of("sh");

        var answer = await RunAsync(session, "i=0; while [ $i -lt 20000 ]; do echo 'a line of a very long answer'; i=$((i + 1)); done; echo the reason; exit 1");

        Assert.Equal(1, answer.ExitCode);
        Assert.EndsWith("the reason\n", answer.Output, StringComparison.Ordinal);
        Assert.InRange(answer.Output.Length, 1000, 96 * 1024);
    }

    [Fact]
    public async Task What_a_script_leaves_running_does_not_hold_it_up()
    {
        await using var shell = new HostShell(Here, TimeProvider.System);

        var answer = await shell.RunAsync(new RemoteCommand("sh", "-c", "sleep 60 & echo $!") { TimeLimit = 30 }, TestContext.Current.CancellationToken);

        Assert.True(answer.IsDone, answer.Output);
        await shell.RunAsync(new RemoteCommand("kill", answer.Output.Trim()), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_command_that_does_not_end_costs_only_itself()
    {
        await using var shell = new HostShell(Here, TimeProvider.System);

        var overdue = await shell.RunAsync(new RemoteCommand("sleep", "60") { TimeLimit = 1 }, TestContext.Current.CancellationToken);

        Assert.True(overdue.IsOverdue);
        Assert.Equal(new CommandResult(0, "next\n"), await shell.RunAsync(new RemoteCommand("echo", "next"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_shell_that_was_killed_is_replaced_before_the_next_command()
    {
        await using var shell = new HostShell(Here, TimeProvider.System);
        var lost = await Assert.ThrowsAnyAsync<HostException>(() => shell.RunAsync(new RemoteCommand("sh", "-c", "kill -9 \"$(ps -o ppid= -p \"$PPID\" | tr -d ' ')\"; sleep 5"), TestContext.Current.CancellationToken));

        Assert.Equal(Host.Localhost, lost.Host);
        Assert.Equal(new CommandResult(0, "next\n"), await shell.RunAsync(new RemoteCommand("echo", "next"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Many_at_once_do_not_mix()
    {
        await using var shell = new HostShell(Here, TimeProvider.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => shell.RunAsync(new RemoteCommand("sh", "-c", "sleep 0.$(($1 % 3)); echo $1", "one", $"{number}"), TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(0, 12).Select(number => new CommandResult(0, $"{number}\n")), answers);
    }

    private static ShellSession Of(string shell) => new(new LocalConnection(Here, shell.Split(' '), ShellSession.Loop, ""));

    private static Task<CommandResult> RunAsync(ShellSession session, string script) => session.RunAsync($"({script}\n) </dev/null", default, TestContext.Current.CancellationToken);
}
