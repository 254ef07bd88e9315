using System.Text.Json;

namespace Relustre.Tests.Cli;

/// <summary>A cluster put in maintenance and given back by hand: a server in a folder stands for the cluster.</summary>
public sealed class MaintenanceVerbTests : ServerInFolder
{
    private const string Attribute = """
        while [ $# -gt 0 ]; do case $1 in --name) name=$2; shift ;; --update) echo "$2" >/shared/"$name" ;;
            --query) cat /shared/"$name" 2>/dev/null || exit 6 ;; --delete) rm -f /shared/"$name" ;; esac; shift; done
        """;

    public MaintenanceVerbTests() => Server.Program("crm_attribute", Attribute).Says("cibadmin", "<cib/>").File("/shared/other", "").Program("setsid", "exit 0");

    private bool IsSet => File.Exists(Server.Path("/shared/maintenance-mode"));

    [Fact]
    public async Task It_begins_without_a_gate_is_told_cannot_begin_twice_and_ends()
    {
        await AddAsync("--pair", "mds");

        Assert.True(await BeginAsync() == 0, Run.All);
        Assert.Contains("mds: the cluster is in maintenance until ", Run.Output, StringComparison.Ordinal);
        Assert.Contains("mds1 will end it; give it back before: relustre maintenance end mds", Run.Output, StringComparison.Ordinal);
        Assert.True(IsSet);
        Assert.Equal(21, await BeginAsync());
        Assert.Contains("new BMC. Give that back first: relustre maintenance end mds", Run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await Run.RunAsync("maintenance", "status", "--json"));
        Assert.True(JsonDocument.Parse(Run.Output).RootElement[0].GetProperty("isLent").GetBoolean());
        Assert.Equal(0, await Run.RunAsync("fencing", "status"));
        Assert.Equal("mds: no lease suspends fencing\n", Run.Output);

        Assert.Equal(0, await Run.RunAsync("maintenance", "end", "mds1"));
        Assert.Equal("mds: the cluster is at work again\n", Run.Output);
        Assert.False(IsSet);
        Assert.Equal(0, await Run.RunAsync("maintenance", "status"));
        Assert.Equal("mds: no lease holds it in maintenance\n", Run.Output);
    }

    [Fact]
    public async Task Where_there_is_no_server_it_says_so_and_how_to_add_one()
    {
        Assert.Equal(0, await Run.RunAsync("init"));

        Assert.Equal(0, await Run.RunAsync("maintenance", "status"));
        Assert.Contains("this site has no servers yet: add those of a cluster", Run.Error, StringComparison.Ordinal);

        Assert.NotEqual(0, await Run.RunAsync("maintenance", "end", "mds"));
        Assert.Contains("this site has no server 'mds'. 'relustre host list' shows all", Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_and_a_limit_nothing_begins()
    {
        await AddAsync("--pair", "mds");

        Assert.Equal(2, await Run.RunAsync("maintenance", "begin", "mds", "--for", "2h"));
        Assert.Equal(2, await Run.RunAsync("maintenance", "begin", "mds", "--reason", "new BMC"));
        foreach (var (time, code) in new[] { ("2", 2), ("h", 2), ("-5m", 2), ("25h", 1), ("0s", 1) })
            Assert.Equal(code, await Run.RunAsync("maintenance", "begin", "mds", "--for", time, "--reason", "new BMC"));
        Assert.False(IsSet);
    }

    [Fact]
    public async Task One_that_somebody_has_set_without_a_lease_is_told_and_left_alone()
    {
        await AddAsync("--pair", "mds");
        Server.File("/shared/maintenance-mode", "true\n");
        const string told = "the cluster is in maintenance, and by no lease: nothing ends it by itself, 'pcs property set maintenance-mode=false' does";

        Assert.Equal(1, await BeginAsync());
        Assert.Contains(told, Run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await Run.RunAsync("maintenance", "status"));
        Assert.Equal($"mds: {told}\n", Run.Output);
        Assert.Equal(0, await Run.RunAsync("maintenance", "end", "mds"));
        Assert.Equal($"mds: {told}; nothing was changed\n", Run.Output);
        Assert.True(IsSet);
    }

    [Fact]
    public async Task A_server_that_does_not_tell_says_why()
    {
        await AddAsync("--pair", "mds");
        Server.Remove("bin/cibadmin");

        Assert.Equal(1, await Run.RunAsync("maintenance", "status"));
        Assert.StartsWith("mds: nobody tells\n  mds1 does not tell whether its cluster is in maintenance: it has no Pacemaker", Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_and_an_audit_name_it()
    {
        const string cib = """
            <cib epoch="{0}" num_updates="0" admin_epoch="0"><configuration><crm_config><cluster_property_set id="p">{1}</cluster_property_set></crm_config>
            <nodes><node id="1" uname="mds1"/></nodes><resources/><constraints/></configuration></cib>
            """;
        Server.File("/var/lib/pacemaker/cib/cib.xml", string.Format(System.Globalization.CultureInfo.InvariantCulture, cib, 7, ""));
        await BackUpAsync();
        Server.File("/var/lib/pacemaker/cib/cib.xml", string.Format(System.Globalization.CultureInfo.InvariantCulture, cib, 8,
            "<nvpair id=\"l\" name=\"relustre-maintenance-lease\" value=\"0badcafe 1 - root new &#x9B;2J BMC\"/><nvpair id=\"m\" name=\"maintenance-mode\" value=\"true\"/>"));

        Assert.Equal(0, await Run.RunAsync("plan", "mds1"));
        Assert.Contains("for you: cluster: the cluster is in maintenance until 1970-01-01 00:00:01Z by root: new", Run.Output, StringComparison.Ordinal);
        Assert.Contains("It is over, and no node has ended it (seen on mds1)", Run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u009b', Run.All);
        Assert.Equal(20, await Run.RunAsync("audit"));
        Assert.Contains("maintenance-lent", Run.Output, StringComparison.Ordinal);
    }

    private Task<int> BeginAsync() => Run.RunAsync("maintenance", "begin", "mds", "--for", "2h", "--reason", "new BMC");
}
