using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Relustre.Hosts;

namespace Relustre.Tests.Hosts;

/// <summary>A real sshd on a loopback port of its own, with its own keys: this machine's own sshd is never touched.</summary>
public sealed class SshServer : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private Process? daemon;

    public int Port { get; private set; }

    /// <summary>The key that may do everything.</summary>
    public string Key => Path("key");

    public string KnownHosts => Path("known_hosts");

    public Host Host => new("mds1")
    {
        Address = "127.0.0.1",
        Port = Port,
        User = Environment.UserName,
        IdentityFile = Key,
        KnownHostsFile = KnownHosts,
        // The developer's own configuration must not decide a test.
        SshOptions = ["GlobalKnownHostsFile=/dev/null"],
    };

    public async ValueTask InitializeAsync()
    {
        folder.Shell("ssh-keygen -q -t ed25519 -N '' -f key; ssh-keygen -q -t ed25519 -N '' -f host_key; cp key.pub authorized_keys; mkdir -p /run/sshd");
        Port = FreePort();
        folder.Write("sshd_config", $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {Path("host_key")}
            AuthorizedKeysFile {Path("authorized_keys")}
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            MaxStartups 100
            LogLevel ERROR

            """);
        await StartAsync();
        Know("host_key.pub");
    }

    /// <summary>Adds a key that is bound to <paramref name="command"/>, as a backup key is.</summary>
    public string AddForcedKey(string name, string command)
    {
        folder.Shell($"ssh-keygen -q -t ed25519 -N '' -f {name}");
        File.AppendAllText(Path("authorized_keys"), $"restrict,command=\"{command}\" {File.ReadAllText(Path(name + ".pub"))}");
        return Path(name);
    }

    public string Write(string name, string text) => folder.Write(name, text);

    public string Shell(string script) => folder.Shell(script);

    /// <summary>A known_hosts file that has another key for this server.</summary>
    public string OtherKnownHosts()
    {
        folder.Shell("[ -e other ] || ssh-keygen -q -t ed25519 -N '' -f other");
        return folder.Write("other_known_hosts", $"[127.0.0.1]:{Port} {File.ReadAllText(Path("other.pub"))}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
            daemon.Dispose();
        }
        folder.Dispose();
    }

    private async Task StartAsync()
    {
        daemon = Process.Start("/usr/sbin/sshd", ["-D", "-E", Path("log"), "-f", Path("sshd_config")]);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 100 && !daemon.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private void Know(string key) => folder.Write("known_hosts", $"[127.0.0.1]:{Port} {File.ReadAllText(Path(key))}");

    private string Path(string name) => System.IO.Path.Combine(folder.Path, name);
}
