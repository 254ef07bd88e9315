namespace Relustre.Tests.Cli;

/// <summary><c>ssh-keys: false</c>: a server's private keys do not leave it, whatever else the site asks for.</summary>
public sealed class SshKeysTests : IDisposable
{
    private static readonly string[] PrivateKeys = ["/etc/ssh/ssh_host_rsa_key", "/root/.ssh/id_ed25519", "/root/.ssh/keys/other"];

    private readonly CliRun cli = new();

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Private_keys_are_captured_where_they_are_wanted(string wanted)
    {
        foreach (var path in PrivateKeys)
            cli.Folder.Write("tree" + path, "PRIVATE KEY");
        cli.Folder.Write("tree/etc/ssh/ssh_host_rsa_key.pub", "ssh-rsa AAAA mds1");
        cli.Folder.Write("tree/root/.ssh/authorized_keys", "ssh-ed25519 AAAA admin");
        cli.Folder.Write("tree/etc/own", "x");
        await cli.RunAsync("init", "--site", "site");
        cli.Folder.Write("site/site.yaml", $"""
            vault: vault
            paths: [ /etc/**, /root/**, "/etc/ssh/*" ]
            hosts:
              - name: mds1
                root: {cli.Folder.Path}/tree
                ssh-keys: {wanted}

            """);

        Assert.Equal(0, await cli.RunAsync("--site", "site", "backup"));
        await cli.RunAsync("--site", "site", "ls", "mds1", "--names");

        var paths = cli.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.All(PrivateKeys, path => Assert.Equal(wanted == "true", paths.Contains(path)));
        Assert.All(["/etc/ssh/ssh_host_rsa_key.pub", "/root/.ssh/authorized_keys", "/etc/own"], path => Assert.Contains(path, paths));
    }

    [Fact]
    public async Task Without_them_sshd_is_still_looked_over_and_the_server_keeps_its_own_host_keys()
    {
        cli.Folder.Write("tree/etc/ssh/sshd_config", "Port 22\n");
        cli.Folder.Write("tree/etc/ssh/ssh_host_rsa_key.pub", "ssh-rsa AAAA old");
        await cli.RunAsync("init", "--site", "site");
        cli.Folder.Write("site/site.yaml", $"vault: vault\nhosts: [ {{ name: mds1, root: {cli.Folder.Path}/tree, ssh-keys: false }} ]\n");
        await cli.RunAsync("--site", "site", "backup");
        cli.Folder.Write("tree/etc/ssh/sshd_config", "Port 2222\n");
        cli.Folder.Write("tree/etc/ssh/ssh_host_rsa_key.pub", "ssh-rsa AAAA new");

        Assert.Equal(0, await cli.RunAsync("--site", "site", "plan", "mds1", "--only", "ssh"));

        Assert.Contains("write /etc/ssh/sshd_config", cli.Output, StringComparison.Ordinal);
        Assert.Contains("look over sshd's configuration", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("write /etc/ssh/ssh_host_rsa_key.pub", cli.Output, StringComparison.Ordinal);
        Assert.Contains("keeps its new host keys", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_collector_of_such_a_server_does_not_even_name_them()
    {
        await cli.RunAsync("init", "--site", "site");
        cli.Folder.Write("site/site.yaml", "vault: vault\nhosts: [ { name: mds1, ssh-keys: false }, { name: mds2 } ]\n");

        await cli.RunAsync("--site", "site", "collector", "mds1");
        var without = cli.Output;
        await cli.RunAsync("--site", "site", "collector", "mds2");

        Assert.Contains("ssh_host_*_key", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ssh_host_*_key", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_with_and_without_them_are_one_sweep_with_one_index()
    {
        foreach (var tree in (string[])["open", "closed"])
        {
            cli.Folder.Write($"{tree}/etc/hostname", tree);
            cli.Folder.Write($"{tree}/etc/ssh/ssh_host_rsa_key", $"PRIVATE KEY of {tree}");
        }
        await cli.RunAsync("init", "--site", "site");
        await cli.RunAsync("--site", "site", "host", "add", "open", "--root", "open");
        await cli.RunAsync("--site", "site", "host", "add", "closed", "--root", "closed", "--no-ssh-keys");

        Assert.Equal(0, await cli.RunAsync("--site", "site", "backup"));

        Assert.Contains("2 servers: 2 stored", cli.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(cli.Folder["site/vault/index"]));
        Assert.Equal(0, await cli.RunAsync("--site", "site", "dump", "open", "/etc/ssh/ssh_host_rsa_key", "--show-secrets"));
        Assert.Equal(1, await cli.RunAsync("--site", "site", "dump", "closed", "/etc/ssh/ssh_host_rsa_key", "--show-secrets"));
    }

    [Fact]
    public async Task Partners_with_and_without_them_are_compared_all_the_same_and_told_in_the_order_asked()
    {
        foreach (var (host, port) in (ReadOnlySpan<(string, string)>)[("mds1", "40015"), ("mds2", "33201")])
        {
            cli.Folder.Write($"{host}/etc/corosync/corosync.conf", $"totem {{\n interface {{\n  ringnumber: 0\n  mcastport: {port}\n }}\n}}\n");
            cli.Folder.Write($"{host}/etc/ssh/ssh_host_rsa_key", $"PRIVATE KEY of {host}");
            cli.Folder.Write($"{host}/etc/ssh/sshd_config", "PermitRootLogin no\n");
        }
        await cli.RunAsync("init", "--site", "site");
        await cli.RunAsync("--site", "site", "host", "add", "mds1", "--root", "mds1", "--pair", "mds");
        await cli.RunAsync("--site", "site", "host", "add", "mds2", "--root", "mds2", "--pair", "mds", "--no-ssh-keys");
        await cli.RunAsync("--site", "site", "backup");
        cli.Folder.Write("mds2/etc/ssh/sshd_config", "PermitRootLogin yes\n");

        await cli.RunAsync("--site", "site", "audit", "mds2", "mds1", "--partner", "--json");

        var servers = System.Text.Json.JsonDocument.Parse(cli.Output).RootElement.GetProperty("servers").EnumerateArray().ToList();
        var findings = servers.SelectMany(server => server.GetProperty("findings").EnumerateArray()).ToList();
        Assert.Equal(["mds2", "mds1"], servers.Select(server => server.GetProperty("host").GetString()));
        Assert.Single(findings, finding => finding.GetProperty("rule").GetString() == "mcastport-mismatch");
        Assert.DoesNotContain(findings, finding => finding.GetProperty("setting").GetString()!.Contains("ssh_host_rsa_key", StringComparison.Ordinal));
        // Its risk is the component's, whether its keys are read or not.
        Assert.Equal([("drift", "security"), ("partner", "security")], findings.Where(finding => finding.GetProperty("component").GetString() == "ssh")
            .Select(finding => (finding.GetProperty("rule").GetString(), finding.GetProperty("risk").GetString())));
    }

    public void Dispose() => cli.Dispose();
}
