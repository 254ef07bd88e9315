using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Steps;
using Relustre.Tests.Operations;

namespace Relustre.Tests.Restore.Recovery;

/// <summary>How a pair of which no server is left is planned: of file trees, backed up and then emptied.</summary>
public sealed class PairPlannerTests : IAsyncLifetime
{
    private const string CibFile = "/var/lib/pacemaker/cib/cib.xml";
    private const string Conf = "/etc/corosync/corosync.conf";

    private readonly SmallFleet fleet = new();
    private readonly CatalogueIndex index = new(Catalogue.BuiltIn);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fleet.OpenAsync();

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    [Fact]
    public async Task First_comes_the_server_with_the_newest_CIB_and_the_cluster_is_formed_when_both_are_there()
    {
        var (plan, choice) = await PlanAsync(Server("mds1", epoch: 41), Server("mds2", epoch: 42));

        Assert.Equal(["mds2", "mds1"], plan.Servers.Select(server => server.Host));
        Assert.Equal("0.42.0", $"{plan.Cib}");
        var lastFile = plan.Steps.Last(step => step.Step is WriteFile);
        Assert.True(plan.Steps.First(step => step.Stage == RestoreStage.Rejoin).Number > lastFile.Number);
        Assert.Equal(["mds2", "mds1"], plan.Steps.Where(step => step.Step is WriteFile).Select(step => step.On).Distinct());
        Assert.All(plan.Steps, step => Assert.NotNull(step.On));
        Assert.Equal(Enumerable.Range(1, plan.Steps.Count), plan.Steps.Select(step => step.Number));
        Assert.Contains(choice.Others.Single().Differences, difference => difference.Key == "cib property: no-quorum-policy");
        Assert.Contains(plan.ForPeople, note => note.Contains("the CIB 0.41.0 of mds1 says 1 things otherwise than the CIB 0.42.0 of mds2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_get_the_corosync_conf_of_one_backup()
    {
        var (plan, _) = await PlanAsync(Server("mds1", epoch: 41, token: 5000), Server("mds2", epoch: 42, token: 17000));

        Assert.All(plan.Steps.Select(step => step.Step).OfType<WriteFile>().Where(write => write.File.Path == Conf), write => Assert.Contains("token: 17000", write.File.Text, StringComparison.Ordinal));
        Assert.Equal(2, plan.Steps.Count(step => step.Step is WriteFile { File.Path: Conf }));
    }

    [Fact]
    public async Task No_CIB_is_written_as_a_file() =>
        Assert.DoesNotContain((await PlanAsync(Server("mds1", epoch: 41), Server("mds2", epoch: 42))).Plan.Steps, step => step.Step is WriteFile { File.Path: CibFile });

    [Fact]
    public async Task A_newer_CIB_that_lies_on_a_server_is_told_and_the_age_is_raised_past_it()
    {
        var (plan, choice) = await PlanAsync(Server("mds1", epoch: 41), Server("mds2", epoch: 42), left: Cib(77));

        Assert.Equal("0.77.0", $"{choice.Newest}");
        Assert.Contains(plan.ForPeople, note => note.Contains("0.77.0 of mds1 lies on the server and is newer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backups_without_a_whole_CIB_are_no_way_back()
    {
        var refused = await Assert.ThrowsAsync<RestoreException>(() => PlanAsync(fleet.Tree("mds1", (CibFile, "<cib epoch=\"9\">")), fleet.Tree("mds2", ("/etc/hosts", "127.0.0.1 localhost\n"))));

        Assert.Contains("no backup of mds1 or mds2 has a whole CIB", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_no_server_of_the_pair_is_refused_since_it_would_be_fenced()
    {
        var stranger = Cib(43).Replace("<node id=\"2\"", "<node id=\"3\" uname=\"mds3\"/><node id=\"2\"", StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<RestoreException>(() => PlanAsync(fleet.Tree("mds1", (CibFile, stranger), ("/etc/hostname", "mds1\n")), Server("mds2", epoch: 42)));

        Assert.Contains("has a node mds3", refused.Message, StringComparison.Ordinal);
    }

    private Host Server(string name, int epoch, int token = 5000) => fleet.Tree(name,
        (CibFile, Cib(epoch)), ("/etc/hostname", $"{name}\n"), (Conf, $"totem {{\n  token: {token}\n}}\n"), ("/etc/hosts", $"198.19.0.11 mds1\n198.19.0.12 mds2\n# {name}\n"));

    private static string Cib(int epoch) => $"""
        <cib epoch="{epoch}" num_updates="0" admin_epoch="0"><configuration>
        <crm_config><cluster_property_set id="p"><nvpair id="q" name="no-quorum-policy" value="{(epoch == 42 ? "ignore" : "stop")}"/></cluster_property_set></crm_config>
        <nodes><node id="1" uname="mds1"/><node id="2" uname="mds2"/></nodes>
        <resources><primitive id="MGS" class="ocf"/></resources><constraints/></configuration></cib>
        """;

    /// <summary>Backs both up, empties them, and plans.</summary>
    /// <param name="left">A CIB that is on the first one all the same.</param>
    private async Task<(RestorePlan Plan, CibChoice Choice)> PlanAsync(Host first, Host second, string? left = null)
    {
        await fleet.BackUpAsync(first, second);
        var servers = new List<LostServer>();
        foreach (var host in (Host[])[first, second])
        {
            var wanted = (await fleet.ReadAsync(host.Name)).Snapshot;
            Directory.Delete(host.Root!, recursive: true);
            Directory.CreateDirectory(host.Root!);
            fleet.Write(host.Name, host == first && left is not null ? CibFile : "/etc/motd", left ?? "new");
            await fleet.BackUpAsync(host);
            servers.Add(new LostServer(new StoredServer(fleet.Vault, wanted), new StoredServer(fleet.Vault, (await fleet.ReadAsync(host.Name)).Snapshot)));
        }
        var choice = await CibChoice.OfAsync(servers, index, Cancel);
        return (await new PairPlanner(index, TimeProvider.System).PlanAsync("mds", servers, choice, Cancel), choice);
    }
}
