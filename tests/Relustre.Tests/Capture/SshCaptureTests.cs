using System.Net;
using System.Net.Sockets;
using Relustre.Capture;
using Relustre.Hosts;
using Relustre.Tests.Hosts;

namespace Relustre.Tests.Capture;

public class SshCaptureTests(SshServer server) : IClassFixture<SshServer>
{
    private static readonly Source[] Sources =
    [
        new Source.Files("/etc/passwd"),
        new Source.Files("/etc/hos*"),
        new Source.Tool("id.txt", "id -u"),
    ];

    private static CollectorScript Script => CollectorScript.For(SampleComponent.Catalogue(Sources));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_captured_over_one_session()
    {
        await using var session = await OpenAsync(server.Host);
        var capture = await LocalCapture.OfAsync(session);

        Assert.Equal(await File.ReadAllBytesAsync("/etc/passwd", Cancel), capture.Files["/etc/passwd"].Content.ToArray());
        Assert.Equal(server.Shell("id -u"), capture.Tools.Single().Output.Text);
        Assert.StartsWith("Linux ", session.Greeting.System, StringComparison.Ordinal);
        Assert.False(session.Greeting.IsOtherVersion);
        Assert.Empty(capture.Problems);
        Assert.True(session.Bytes.In > 1000 && session.Bytes.Out > Script.Text.Length);
    }

    [Fact]
    public async Task An_installed_collector_answers_to_a_key_that_can_do_nothing_else()
    {
        var collector = server.Write("relustre-collector", Script.Text);
        var key = server.AddForcedKey("backup", $"/bin/sh {collector}");

        await using var session = await OpenAsync(server.Host with { IdentityFile = key });
        var capture = await LocalCapture.OfAsync(session);

        Assert.Equal(await File.ReadAllBytesAsync("/etc/passwd", Cancel), capture.Files["/etc/passwd"].Content.ToArray());
        Assert.False(session.Greeting.IsOtherVersion);
        Assert.True(session.Bytes.Out < 1000);
        Assert.Contains("relustre collector", server.Shell(
            $"ssh -p {server.Port} -i {key} -o UserKnownHostsFile={server.KnownHosts} -o BatchMode=yes 127.0.0.1 'touch /tmp/x' </dev/null || true"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installed_collector_of_other_sources_works_and_is_mentioned()
    {
        var older = CollectorScript.For(SampleComponent.Catalogue(new Source.Files("/etc/passwd"), new Source.Files("/etc/group")));
        var key = server.AddForcedKey("other-sources", $"/bin/sh {server.Write("other-collector", older.Text)}");

        await using var session = await OpenAsync(server.Host with { IdentityFile = key });
        var capture = await LocalCapture.OfAsync(session);

        Assert.Equal(["/", "/etc", "/etc/passwd"], capture.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(ToolOutcome.Missing, capture.Tools.Single().Output.Outcome);
        Assert.Contains("relustre collector mds1 | ssh", Assert.Single(session.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installed_collector_that_is_too_old_is_refused_with_the_way_to_renew_it()
    {
        var key = server.AddForcedKey("too-old", "echo relustre collector 0 abc");

        var refusal = await Assert.ThrowsAsync<CaptureBrokenException>(() => OpenAsync(server.Host with { IdentityFile = key }));

        Assert.Contains("relustre collector mds1 | ssh", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chatty_login_shell_is_listened_to_patiently()
    {
        var key = server.AddForcedKey("chatty", "printf 'Welcome!\\nYou have mail.'; exec sh -c \\\"$SSH_ORIGINAL_COMMAND\\\"");

        await using var session = await OpenAsync(server.Host with { IdentityFile = key });

        Assert.NotEmpty((await session.ListAsync(Cancel)).Entries);
    }

    [Fact]
    public async Task A_changed_host_key_is_never_accepted()
    {
        var host = server.Host with { KnownHostsFile = server.OtherKnownHosts(), HostKeyTrust = HostKeyTrust.AcceptNew };

        var refusal = await Assert.ThrowsAsync<HostKeyChangedException>(() => OpenAsync(host));

        Assert.Contains($"ssh-keygen -f {host.KnownHostsFile} -R '[127.0.0.1]:{server.Port}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_is_refused_or_remembered_as_the_site_says()
    {
        var host = server.Host with { KnownHostsFile = server.Write("empty_known_hosts", "") };

        var refusal = await Assert.ThrowsAsync<HostKeyUnknownException>(() => OpenAsync(host));
        await using (await OpenAsync(host with { HostKeyTrust = HostKeyTrust.AcceptNew }))
        await using (await OpenAsync(host))
            Assert.Contains("mds1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_says_what_to_try()
    {
        server.Shell("[ -e stranger ] || ssh-keygen -q -t ed25519 -N '' -f stranger");
        var key = Path.Combine(Path.GetDirectoryName(server.Key)!, "stranger");

        var refusal = await Assert.ThrowsAsync<HostRefusedException>(() => OpenAsync(server.Host with { IdentityFile = key }));

        Assert.Contains("Permission denied (publickey", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"Try: ssh -i {key} -p {server.Port} {Environment.UserName}@127.0.0.1 true", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_without_sshd_and_a_name_without_address_are_unreachable()
    {
        var closed = await Assert.ThrowsAsync<HostUnreachableException>(() => OpenAsync(server.Host with { Port = SshServer.FreePort() }));
        var unknown = await Assert.ThrowsAsync<HostUnreachableException>(() => OpenAsync(server.Host with { Address = "no-such-host.invalid" }));

        Assert.Contains("Connection refused", closed.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-host.invalid", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_given_up()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var host = server.Host with { Port = ((IPEndPoint)mute.LocalEndpoint).Port, SshOptions = ["ConnectTimeout=1"] };

        await Assert.ThrowsAsync<HostUnreachableException>(() => OpenAsync(host));
    }

    [Fact]
    public async Task A_missing_sudo_rule_is_said_to_be_one()
    {
        var key = server.AddForcedKey("no-sudo", "echo 'sudo: a password is required' >&2; exit 1");

        var refusal = await Assert.ThrowsAsync<HostRefusedException>(() => OpenAsync(server.Host with { IdentityFile = key, UseSudo = true }));

        Assert.Contains("NOPASSWD", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_is_no_end_of_a_capture()
    {
        // Once it has been asked, so that all that was said before has arrived.
        var collector = server.Write("cut-collector", Script.Text.Replace("tools) answer ;;", "tools) kill -9 $PPID ;;", StringComparison.Ordinal));
        var key = server.AddForcedKey("cut", $"/bin/sh {collector}");
        await using var session = await OpenAsync(server.Host with { IdentityFile = key });
        await session.ListAsync(Cancel);

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => session.ToolsAsync(Cancel));

        Assert.Contains("run the backup again", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Escape_sequences_of_a_server_never_reach_a_terminal()
    {
        var key = server.AddForcedKey("escapes", "printf '\\033]0;owned\\007\\033[2Jdied' >&2; exit 3");

        var refusal = await Assert.ThrowsAsync<HostUnreachableException>(() => OpenAsync(server.Host with { IdentityFile = key }));

        Assert.Contains("died", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    private static Task<CaptureSession> OpenAsync(Host host) =>
        CaptureSession.OpenAsync(host, Script, CaptureLimits.Default, TimeProvider.System, Cancel);
}
