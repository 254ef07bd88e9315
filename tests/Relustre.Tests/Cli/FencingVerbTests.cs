using System.Text.Json;

namespace Relustre.Tests.Cli;

/// <summary>A cluster's fencing, lent and given back by hand: a server in a folder stands for the cluster.</summary>
public sealed class FencingVerbTests : IDisposable
{
    private const string Attribute = """
        while [ $# -gt 0 ]; do case $1 in --name) name=$2; shift ;; --update) echo "$2" >/shared/"$name" ;;
            --query) cat /shared/"$name" 2>/dev/null || exit 6 ;; --delete) rm -f /shared/"$name" ;; esac; shift; done
        """;

    private readonly CliRun run = new();
    private readonly TestServer server = new("mds1");

    public FencingVerbTests() =>
        server.Program("crm_attribute", Attribute).Says("cibadmin", "<cib/>").File("/shared/stonith-enabled", "true\n").Program("setsid", "exit 0");

    private string Stonith => File.ReadAllText(server.Path("/shared/stonith-enabled"));

    public void Dispose()
    {
        run.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task Without_the_gates_name_a_reason_and_a_limit_nothing_is_suspended()
    {
        await SiteAsync();

        Assert.Equal(21, await run.RunAsync("fencing", "suspend", "mds", "--for", "30m", "--reason", "new BMC"));
        Assert.Contains("--open-gate fencing-suspended", run.Error, StringComparison.Ordinal);
        Assert.Contains("maintenance", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, await run.RunAsync("fencing", "suspend", "mds", "--for", "30m", "--open-gate", "fencing-suspended"));
        Assert.Equal(2, await run.RunAsync("fencing", "suspend", "mds", "--reason", "new BMC", "--open-gate", "fencing-suspended"));
        foreach (var (time, code) in new[] { ("30", 2), ("m", 2), ("-5m", 2), ("9h", 1), ("0s", 1) })
            Assert.Equal(code, await run.RunAsync("fencing", "suspend", "mds", "--for", time, "--reason", "new BMC", "--open-gate", "fencing-suspended"));
        Assert.Equal("true\n", Stonith);
    }

    [Fact]
    public async Task What_is_lent_is_told_cannot_be_lent_twice_and_is_given_back()
    {
        await SiteAsync();

        Assert.True(await SuspendAsync() == 0, run.All);
        Assert.Equal("false\n", Stonith);
        Assert.Equal(21, await SuspendAsync());
        Assert.Contains("new BMC. Give that back first", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await run.RunAsync("fencing", "status"));
        Assert.Contains("mds: fencing is suspended until ", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, await run.RunAsync("fencing", "status", "--json"));
        Assert.True(JsonDocument.Parse(run.Output).RootElement[0].GetProperty("isSuspended").GetBoolean());

        Assert.Equal(0, await run.RunAsync("fencing", "resume", "mds1"));
        Assert.Equal("true\n", Stonith);
        Assert.Equal(0, await run.RunAsync("fencing", "status", "mds1"));
        Assert.Equal("mds: no lease suspends fencing\n", run.Output);
    }

    [Fact]
    public async Task A_server_that_is_in_no_cluster_is_told_and_nothing_is_changed()
    {
        await SiteAsync();
        server.Says("cibadmin", "", exitCode: 102);

        Assert.Equal(1, await SuspendAsync());
        Assert.Contains("mds: no cluster answers on mds1", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, await run.RunAsync("fencing", "resume", "mds"));
        Assert.Equal(1, await run.RunAsync("fencing", "status"));
        Assert.Equal("mds: nobody tells\n", run.Output);
        Assert.Equal("true\n", Stonith);
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
        server.File("/etc/modprobe.d/lustre.conf", "options lnet networks=tcp(eth1)\n");
        await SiteAsync();
        Assert.Equal(0, await run.RunAsync("host", "add", "mds2", "--pair", "mds", "--root", partner.Path("/")));
        Assert.Equal(0, await run.RunAsync("backup"));
        server.File("/etc/modprobe.d/lustre.conf", "changed\n");
        partner.File("/var/lib/pacemaker/cib/cib.xml", string.Format(System.Globalization.CultureInfo.InvariantCulture, cib, 8,
            "<nvpair id=\"l\" name=\"relustre-fencing-lease\" value=\"0badcafe 32503680000 root new BMC in mds1\"/>"));

        Assert.Equal(0, await run.RunAsync("plan", "mds1"));
        Assert.Contains("for you: cluster: fencing is suspended until 3000-01-01 00:00:00Z by root: new BMC in mds1 (seen on mds2)", run.Output, StringComparison.Ordinal);
        Assert.Equal(20, await run.RunAsync("audit"));
        Assert.Contains("fencing-lent", run.Output, StringComparison.Ordinal);
    }

    private Task<int> SuspendAsync() => run.RunAsync("fencing", "suspend", "mds", "--for", "30m", "--reason", "new BMC", "--open-gate", "fencing-suspended");

    private async Task SiteAsync()
    {
        Assert.Equal(0, await run.RunAsync("init"));
        Assert.Equal(0, await run.RunAsync("host", "add", "mds1", "--pair", "mds", "--root", server.Path("/")));
    }
}
