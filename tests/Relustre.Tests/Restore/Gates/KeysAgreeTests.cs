using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A server with another key, port or list of nodes fences its healthy partner.</summary>
public sealed class KeysAgreeTests : IDisposable
{
    private const string Conf = """
        totem {
            version: 2
            cluster_name: lustre-ha-cluster
            crypto_cipher: aes256
            config_version: 5
            interface {
                ringnumber: 0
                bindnetaddr: 10.0.0.1
                mcastaddr: 226.94.0.1
                mcastport: 40001
            }
        }
        nodelist {
            node {
                ring0_addr: mds1
                nodeid: 1
            }
            node {
                ring0_addr: mds2
                nodeid: 2
            }
        }
        """;

    private readonly GatePair pair = new();
    private readonly KeysAgree gate = new();

    public KeysAgreeTests()
    {
        foreach (var server in new[] { pair.Host, pair.Partner })
            server.File("/etc/corosync/authkey", RecordedHost.SecretMark).File("/etc/corosync/corosync.conf", Conf);
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task The_same_keys_and_the_same_meaning_open_it() => await pair.OpensAsync(gate);

    [Fact]
    public async Task Comments_versions_and_what_is_each_nodes_own_are_no_difference()
    {
        pair.Host.File("/etc/corosync/corosync.conf", "# by hand\n" + Conf.Replace("config_version: 5", "config_version: 4", StringComparison.Ordinal)
            .Replace("bindnetaddr: 10.0.0.1", "bindnetaddr: 10.0.0.2", StringComparison.Ordinal) + "\nlogging {\n  debug: on\n}\n");

        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task Another_key_closes_it_and_says_nothing_of_the_key()
    {
        pair.Host.File("/etc/corosync/authkey", RecordedHost.SecretMark + "2");

        await pair.RefusesAsync(gate, "/etc/corosync/authkey of mds1 is not that of mds2");
    }

    [Theory]
    [InlineData("/etc/pacemaker/authkey")]
    [InlineData("/etc/cluster/cluster.conf")]
    public async Task A_key_that_only_one_of_them_has_closes_it(string path)
    {
        pair.Partner.File(path, RecordedHost.SecretMark);
        await pair.RefusesAsync(gate, $"{path} is on mds2 and not on mds1");

        pair.Host.File(path, RecordedHost.SecretMark);
        await pair.OpensAsync(gate);
        pair.Partner.Remove(path);
        await pair.RefusesAsync(gate, $"{path} is on mds1 and not on mds2");
    }

    [Theory]
    [InlineData("mcastport: 40001", "mcastport: 40003", "mcastport")]
    [InlineData("mcastaddr: 226.94.0.1", "mcastaddr: 226.94.0.2", "mcastaddr")]
    [InlineData("cluster_name: lustre-ha-cluster", "cluster_name: other", "cluster_name")]
    [InlineData("ring0_addr: mds2", "ring0_addr: mds3", "nodelist")]
    [InlineData("crypto_cipher: aes256", "crypto_cipher: none", "crypto_cipher")]
    public async Task What_both_must_say_alike_closes_it(string from, string into, string setting)
    {
        pair.Host.File("/etc/corosync/corosync.conf", Conf.Replace(from, into, StringComparison.Ordinal));

        await pair.RefusesAsync(gate, setting);
    }

    [Fact]
    public async Task A_key_that_is_asked_for_must_be_there()
    {
        pair.Host.Remove("/etc/corosync/authkey");
        pair.Partner.Remove("/etc/corosync/authkey");

        await pair.RefusesAsync(gate, "Corosync does not start");
    }

    [Fact]
    public async Task A_server_without_a_configuration_or_a_partner_that_is_away_closes_it()
    {
        await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
        pair.Host.Remove("/etc/corosync/corosync.conf");
        await pair.RefusesAsync(gate, "mds1 has no /etc/corosync/corosync.conf");
    }
}
