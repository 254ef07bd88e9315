using System.Text.Json;

namespace Relustre.Tests.Cli;

/// <summary>A cluster's fencing, lent and given back by hand: a server in a folder stands for the cluster.</summary>
public sealed class FencingVerbTests : ServerInFolder
{
    private const string Attribute = """
        while [ $# -gt 0 ]; do case $1 in --name) name=$2; shift ;; --update) echo "$2" >/shared/"$name" ;;
            --query) cat /shared/"$name" 2>/dev/null || exit 6 ;; --delete) rm -f /shared/"$name" ;; esac; shift; done
        """;

    public FencingVerbTests() =>
        Server.Program("crm_attribute", Attribute).Says("cibadmin", "<cib/>").File("/shared/stonith-enabled", "true\n").Program("setsid", "exit 0");

    private string Stonith => File.ReadAllText(Server.Path("/shared/stonith-enabled"));

    [Fact]
    public async Task Without_the_gates_name_a_reason_and_a_limit_nothing_is_suspended()
    {
        await SiteAsync();

        Assert.Equal(21, await Run.RunAsync("fencing", "suspend", "mds", "--for", "30m", "--reason", "new BMC"));
        Assert.Contains("--open-gate fencing-suspended", Run.Error, StringComparison.Ordinal);
        Assert.Contains("relustre maintenance begin mds --for TIME --reason TEXT", Run.Error, StringComparison.Ordinal);
        Assert.Equal(2, await Run.RunAsync("fencing", "suspend", "mds", "--for", "30m", "--open-gate", "fencing-suspended"));
        Assert.Equal(2, await Run.RunAsync("fencing", "suspend", "mds", "--reason", "new BMC", "--open-gate", "fencing-suspended"));
        foreach (var (time, code) in new[] { ("30", 2), ("m", 2), ("-5m", 2), ("9h", 1), ("0s", 1) })
            Assert.Equal(code, await Run.RunAsync("fencing", "suspend", "mds", "--for", time, "--reason", "new BMC", "--open-gate", "fencing-suspended"));
        Assert.Equal("true\n", Stonith);
    }

    [Fact]
    public async Task What_is_lent_is_told_cannot_be_lent_twice_and_is_given_back()
    {
        await SiteAsync();

        Assert.True(await SuspendAsync() == 0, Run.All);
        Assert.Equal("false\n", Stonith);
        Assert.Equal(21, await SuspendAsync());
        Assert.Contains("new BMC. Give that back first", Run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await Run.RunAsync("fencing", "status"));
        Assert.Contains("mds: fencing is suspended until ", Run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await Run.RunAsync("fencing", "status", "--json"));
        Assert.True(JsonDocument.Parse(Run.Output).RootElement[0].GetProperty("isLent").GetBoolean());

        Assert.Equal(0, await Run.RunAsync("fencing", "resume", "mds1"));
        Assert.Equal("true\n", Stonith);
        Assert.Equal(0, await Run.RunAsync("fencing", "status", "mds1"));
        Assert.Equal("mds: no lease suspends fencing\n", Run.Output);
    }

    [Fact]
    public async Task A_server_that_is_in_no_cluster_is_told_and_nothing_is_changed()
    {
        await SiteAsync();
        Server.Says("cibadmin", "", exitCode: 102);

        Assert.Equal(1, await SuspendAsync());
        Assert.Contains("mds: no cluster answers on mds1", Run.Error, StringComparison.Ordinal);
        Assert.Equal(1, await Run.RunAsync("fencing", "resume", "mds"));
        Assert.Equal("true\n", Stonith);
    }

    [Fact]
    public async Task Who_does_not_tell_says_why_and_what_to_do()
    {
        await SiteAsync();

        Server.Program("cibadmin", "printf 'Could not connect to the CIB: \\033[2Jnot connected\\nInit failed\\n' >&2; exit 102");
        await SilentAsync("its cluster is stopped (exit code 102: Could not connect to the CIB: \\u001b[2Jnot connected). Unless that is on purpose: ssh mds1 pcs cluster start");
        Server.File("/var/run/corosync.pid", "7\n");
        await SilentAsync("its cluster runs and does not answer (exit code 102: Could not connect to the CIB: \\u001b[2Jnot connected). See what hangs: ssh mds1 crm_mon -1");
        Server.Remove("bin/cibadmin");
        await SilentAsync("it has no Pacemaker (no cibadmin). If it is to be rebuilt: relustre plan mds1");
    }

    [Fact]
    public async Task One_of_two_that_does_not_tell_is_named_beside_what_the_other_tells()
    {
        using var partner = new TestServer("mds2");
        await SiteAsync();
        Assert.Equal(0, await Run.RunAsync("host", "add", "mds2", "--pair", "mds", "--root", partner.Path("/")));

        Assert.Equal(0, await Run.RunAsync("fencing", "status"));
        Assert.StartsWith("mds: no lease suspends fencing\n  mds2 does not tell whether its cluster's fencing is suspended: it has no Pacemaker", Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_and_an_audit_name_the_lease_that_the_partner_knows()
    {
        const string cib = """
            <cib epoch="{0}" num_updates="0" admin_epoch="0"><configuration><crm_config><cluster_property_set id="p">{1}</cluster_property_set></crm_config>
            <nodes><node id="1" uname="mds1"/><node id="2" uname="mds2"/></nodes><resources/><constraints/></configuration></cib>
            """;
        using var partner = new TestServer("mds2");
        partner.File("/var/lib/pacemaker/cib/cib.xml", string.Format(System.Globalization.CultureInfo.InvariantCulture, cib, 7, ""));
        Server.File("/etc/modprobe.d/lustre.conf", "options lnet networks=tcp(eth1)\n");
        await SiteAsync();
        Assert.Equal(0, await Run.RunAsync("host", "add", "mds2", "--pair", "mds", "--root", partner.Path("/")));
        Assert.Equal(0, await Run.RunAsync("backup"));
        Server.File("/etc/modprobe.d/lustre.conf", "changed\n");
        partner.File("/var/lib/pacemaker/cib/cib.xml", string.Format(System.Globalization.CultureInfo.InvariantCulture, cib, 8,
            "<nvpair id=\"l\" name=\"relustre-fencing-lease\" value=\"0badcafe 32503680000 true root new BMC in mds1\"/>"));

        Assert.Equal(0, await Run.RunAsync("plan", "mds1"));
        Assert.Contains("for you: cluster: fencing is suspended until 3000-01-01 00:00:00Z by root: new BMC in mds1 (seen on mds2)", Run.Output, StringComparison.Ordinal);
        Assert.Equal(20, await Run.RunAsync("audit"));
        Assert.Contains("fencing-lent", Run.Output, StringComparison.Ordinal);
    }

    private async Task SilentAsync(string because)
    {
        var told = $"mds1 does not tell whether its cluster's fencing is suspended: {because}";
        Assert.Equal(1, await Run.RunAsync("fencing", "status"));
        Assert.Equal($"mds: nobody tells\n  {told}\n", Run.Output);
        Assert.Equal(1, await Run.RunAsync("fencing", "status", "--json"));
        Assert.Equal([told], JsonDocument.Parse(Run.Output).RootElement[0].GetProperty("silences").EnumerateArray().Select(silence => silence.GetString()!));
    }

    private Task<int> SuspendAsync() => Run.RunAsync("fencing", "suspend", "mds", "--for", "30m", "--reason", "new BMC", "--open-gate", "fencing-suspended");

    private Task SiteAsync() => AddAsync("--pair", "mds");
}
