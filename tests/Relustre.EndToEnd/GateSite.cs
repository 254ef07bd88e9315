using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.EndToEnd;

/// <summary>Asks gates about a server of the lab and its partner, as a restore of it does: with its backup at hand.</summary>
internal sealed class GateSite : IAsyncDisposable
{
    private readonly Lab lab;
    private readonly TestSite site;
    private readonly BlobVault vault;
    private readonly StoredSnapshot snapshot;
    private readonly RestoreBook book;

    private GateSite(Lab lab, TestSite site, BlobVault vault, StoredSnapshot snapshot)
    {
        this.lab = lab;
        this.site = site;
        this.vault = vault;
        this.snapshot = snapshot;
        book = new RestoreBook(site.New("restores"), TimeProvider.System);
    }

    /// <summary>What will be done; by default nothing.</summary>
    public RestorePlan? Plan { get; private set; }

    /// <summary>Backs the lab's first server up, and its partner.</summary>
    public static async Task<GateSite> OfAsync(Lab lab)
    {
        var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        var vault = await BlobVault.OpenAsync(new LocalStorage(site.Vault), (await File.ReadAllTextAsync(site.Password, Lab.Cancel)).Trim(), new VaultOptions(), Lab.Cancel);
        await vault.LoadIndexAsync(Lab.Cancel);
        var snapshots = await vault.SnapshotsAsync(Lab.Cancel).ToListAsync(Lab.Cancel);
        return new GateSite(lab, site, vault, new SnapshotFinder(snapshots).Find("mds1"));
    }

    /// <summary>Plans the restore of the server as it is now, so that gates know what will be written.</summary>
    public async Task PlanAsync()
    {
        var options = new BackUpOptions { MemoryFolder = Path.Combine(site.Folder, "memory") };
        Plan = (await new PlanRestore(vault, new CatalogueIndex(Catalogue.BuiltIn), TimeProvider.System)
            .RunAsync(HostOf("mds1"), [HostOf("mds2")], snapshot, new RestoreWish(), options, _ => { }, Lab.Cancel)).Plan;
    }

    public async Task OpensAsync(params IEnumerable<string> gates)
    {
        foreach (var gate in gates)
        {
            var answer = await AskAsync(gate);
            Assert.True(answer.IsOpen, $"{gate}: {answer.Reason}");
        }
    }

    public async Task RefusesAsync(string gate, string because)
    {
        var answer = await AskAsync(gate);
        Assert.False(answer.IsOpen, $"{gate} is open: {answer.Reason}");
        Assert.Contains(because, answer.Reason, StringComparison.Ordinal);
    }

    /// <summary>Takes a lease on both servers, as a person does who has typed the gate's name.</summary>
    public async Task<ClusterLease> TakeAsync(LeaseKind kind, TimeSpan limit)
    {
        await using var host = new HostShell(HostOf("mds1"), TimeProvider.System);
        await using var partner = new HostShell(HostOf("mds2"), TimeProvider.System);
        return await ClusterLease.TakeAsync(kind, isOpened: true, [host, partner], limit, "a test", TimeProvider.System, Lab.Cancel);
    }

    // Each time with a login of its own: what was broken meanwhile may concern the login.
    private async Task<GateAnswer> AskAsync(string gate)
    {
        await using var host = new HostShell(HostOf("mds1"), TimeProvider.System);
        await using var partner = new HostShell(HostOf("mds2"), TimeProvider.System);
        var view = new GateView { Plan = Plan ?? Nothing(), Host = host, Partners = [partner], Wanted = await new StoredServer(vault, snapshot).FactsAsync(Lab.Cancel), Book = book };
        var answer = await GateBook.All.Single(one => one.Name == gate).AskAsync(view, Lab.Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {answer}");
        return answer;
    }

    private Host HostOf(string name) => new(name)
    {
        Address = lab.Servers.Single(server => server.Name == name).Address,
        User = "root",
        IdentityFile = lab.Key,
        KnownHostsFile = lab.KnownHosts,
        HostKeyTrust = HostKeyTrust.AcceptNew,
        SshOptions = ["ConnectTimeout=5"],
    };

    private RestorePlan Nothing() => new()
    {
        Host = "mds1",
        Snapshot = snapshot.Id.ToString(),
        SnapshotTime = snapshot.Record.Time,
        MadeAt = snapshot.Record.Time,
        Platform = new Platform { EnterpriseLinux = 7, PackageTool = PackageTool.Yum },
        Steps = [],
    };

    public async ValueTask DisposeAsync()
    {
        await vault.DisposeAsync();
        site.Dispose();
    }
}
