using System.Diagnostics;
using Relustre.Components;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

/// <summary>Somebody deleted a file of the vault, or a disk cut it: the next backup notices, and puts back what the servers still have.</summary>
public sealed class LostPackTests : IAsyncLifetime
{
    private readonly SmallFleet fleet = new() { Catalogue = Catalogue.BuiltIn.With(new SiteFiles(["/etc/**"])) };
    private readonly List<VaultFault> faults = [];
    private IReadOnlyList<Host> hosts = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Losses =>
    [
        ("all packs", true), ("all packs", false), ("the content", true), ("the listings", true), ("the listings", false), ("all packs cut", true),
        ("the index", true), ("the index is rot", true),
    ];

    public async ValueTask InitializeAsync()
    {
        await fleet.OpenAsync();
        hosts =
        [
            fleet.Tree("mds1", ("/etc/hostname", "mds1\n"), ("/etc/shared", "alike"), ("/etc/deep/er/file", "one")),
            fleet.Tree("mds2", ("/etc/hostname", "mds2\n"), ("/etc/shared", "alike")),
        ];
        await fleet.BackUpAsync(hosts);
    }

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    [Theory, MemberData(nameof(Losses))]
    public async Task What_was_lost_is_stored_anew_and_the_vault_is_whole_again(string loss, bool withMemory)
    {
        Lose(loss);
        if (!withMemory)
            Directory.Delete(fleet["memory"], recursive: true);

        var outcomes = await BackUpAgainAsync();

        Assert.True(loss == "the index" || faults.Count > 0);
        Assert.All(outcomes, outcome => Assert.Contains(outcome.Problems, problem => problem.Subject == "vault" && problem.Message.Contains("anew", StringComparison.Ordinal)));
        await AssertWholeAsync("mds1\n", "mds2\n");
        faults.Clear();
        Assert.All(await BackUpAgainAsync(), outcome => Assert.True(outcome is HostOutcome.Unchanged { IsComplete: true }, outcome.ToString()));
        Assert.All(faults, fault => Assert.StartsWith("index/", fault.What, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_server_has_any_more_stays_named_and_the_newest_snapshots_are_whole()
    {
        foreach (var pack in Packs())
            File.Delete(pack);
        fleet.Write("mds1", "/etc/hostname", "mds1.new\n");

        await BackUpAgainAsync();
        await using var vault = await OpenAsync();
        var damage = await vault.CheckAsync(readData: true, null, Cancel).Where(fault => fault.Severity == FaultSeverity.Damage).ToListAsync(Cancel);

        Assert.Contains(damage, fault => fault.What.StartsWith("data/", StringComparison.Ordinal) && fault.NextStep.Contains("next backup", StringComparison.Ordinal));
        var newest = await vault.SnapshotsAsync(Cancel).Where(snapshot => snapshot.Record.Hostname == "mds1").LastAsync(Cancel);
        Assert.DoesNotContain(damage, fault => fault.What.Contains(newest.Id.Short, StringComparison.Ordinal));
        Assert.Equal("mds1.new\n", await TextAsync(vault, "mds1", "/etc/hostname"));
    }

    [Fact]
    public async Task A_flipped_bit_that_a_backup_meets_is_stored_anew_and_read_from_there()
    {
        foreach (var pack in Packs())
            Change(pack, content => content[..20].Concat(content[20..].Select((one, at) => at % 50 == 0 ? (byte)(one ^ 1) : one)));
        Directory.Delete(fleet["memory"], recursive: true);

        var outcomes = await BackUpAgainAsync();

        Assert.All(outcomes, outcome => Assert.Contains("anew", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal));
        await using var vault = await OpenAsync();
        Assert.Equal("mds1\n", await TextAsync(vault, "mds1", "/etc/hostname"));
        Assert.Equal("one", await TextAsync(vault, "mds1", "/etc/deep/er/file"));
    }

    [Fact]
    public async Task A_damaged_pack_that_is_moved_away_is_made_good_by_the_next_backup_as_check_says()
    {
        var pack = Packs().First();
        Change(pack, content => content.Select((one, at) => at == content.Length / 2 ? (byte)(one ^ 1) : one));
        await using (var vault = await OpenAsync())
            Assert.Contains(await vault.CheckAsync(readData: true, null, Cancel).ToListAsync(Cancel), fault => fault.NextStep.Contains("move it out of the vault", StringComparison.Ordinal));
        File.Delete(pack);

        await BackUpAgainAsync();

        await AssertWholeAsync("mds1\n", "mds2\n");
    }

    [Fact]
    public async Task What_an_interrupted_write_left_is_removed_when_it_is_a_day_old()
    {
        var name = $"{BlobId.Of("x"u8)}-tmp-0123abcd";
        string[] places = ["vault/data/00", "vault/index", "vault/snapshots", "vault/locks"];
        var old = places.Select(place => Path.Combine(fleet[place], name)).Append(fleet["memory/mds1.json.0123456789abcdef0123456789abcdef"]).ToList();
        var young = Path.Combine(fleet["vault/data/01"], name);
        var strange = Path.Combine(fleet["vault/data/01"], "notes-tmp-1");
        foreach (var file in old.Append(young).Append(strange))
        {
            await File.WriteAllTextAsync(file, "half", Cancel);
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(file == young ? -1 : -25));
        }

        await BackUpAgainAsync();

        Assert.All(old, file => Assert.False(File.Exists(file), file));
        Assert.True(File.Exists(young));
        Assert.True(File.Exists(strange));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_is_told_and_costs_no_snapshot()
    {
        var ledger = Directory.GetFiles(Path.Combine(fleet.VaultFolder, "relustre")).Single();
        File.Delete(ledger);
        Directory.CreateDirectory(ledger);
        fleet.Write("mds1", "/etc/hostname", "mds1.new\n");

        var outcomes = await BackUpAgainAsync();

        Assert.IsType<HostOutcome.BackedUp>(outcomes[0]);
        Assert.IsType<HostOutcome.Unchanged>(outcomes[1]);
        Assert.All(outcomes, outcome => Assert.Contains("run the backup again", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal));
        await AssertWholeAsync("mds1.new\n", "mds2\n");
    }

    private async Task AssertWholeAsync(string first, string second)
    {
        await using var vault = await OpenAsync();
        Assert.Empty(await vault.CheckAsync(readData: true, null, Cancel).Where(fault => fault.Severity == FaultSeverity.Damage && !IsTheRottenIndex(fault)).ToListAsync(Cancel));
        Assert.Equal(first, await TextAsync(vault, "mds1", "/etc/hostname"));
        Assert.Equal(second, await TextAsync(vault, "mds2", "/etc/hostname"));
        // It cannot pass over an index file that is rot.
        if (!faults.Exists(IsTheRottenIndex))
            Restic("check", "--read-data");
    }

    private static bool IsTheRottenIndex(VaultFault fault) => fault.What.StartsWith("index/", StringComparison.Ordinal);

    // Another process, as it is: what the first one knows of packs must not help.
    private async Task<IReadOnlyList<HostOutcome>> BackUpAgainAsync()
    {
        await using var vault = await OpenAsync();
        return await new BackUpFleet(vault, new CatalogueIndex(fleet.Catalogue), Ledger.BesideVault(fleet.VaultFolder), TimeProvider.System)
            .RunAsync(hosts, fleet.Options, _ => { }, Cancel);
    }

    private async Task<BlobVault> OpenAsync()
    {
        var vault = await BlobVault.OpenAsync(new LocalStorage(fleet.VaultFolder), SmallFleet.Password, SmallFleet.Quick, Cancel);
        vault.Faults = faults.Add;
        return vault;
    }

    private static async Task<string> TextAsync(BlobVault vault, string host, string path)
    {
        var snapshots = await vault.SnapshotsAsync(Cancel).ToListAsync(Cancel);
        await vault.LoadIndexAsync(Cancel);
        var reader = new SnapshotReader(vault, new SnapshotFinder(snapshots).Find(host));
        var entry = await reader.FindAsync(path, Cancel);
        Assert.NotNull(entry);
        return System.Text.Encoding.UTF8.GetString((await reader.ReadAsync(entry, Cancel)).Span);
    }

    private void Lose(string what)
    {
        var indexes = Directory.GetFiles(Path.Combine(fleet.VaultFolder, "index"));
        foreach (var file in what.StartsWith("the index", StringComparison.Ordinal) ? indexes : Packs().Where(pack => IsMeant(what, pack)))
        {
            if (what.EndsWith("cut", StringComparison.Ordinal))
                Change(file, content => content[..(content.Length / 2)]);
            else if (what.EndsWith("rot", StringComparison.Ordinal))
                Change(file, content => content.Select(one => (byte)(one ^ 1)));
            else
                File.Delete(file);
        }
    }

    // Content is what compresses less; what matters is only that each of the two is lost once.
    private bool IsMeant(string what, string pack) => what switch
    {
        "the content" => pack == Packs().First(),
        "the listings" => pack == Packs().Last(),
        _ => true,
    };

    private IEnumerable<string> Packs() =>
        Directory.GetFiles(Path.Combine(fleet.VaultFolder, "data"), "*", SearchOption.AllDirectories).OrderByDescending(pack => new FileInfo(pack).Length);

    private static void Change(string file, Func<byte[], IEnumerable<byte>> how)
    {
        byte[] changed = [.. how(File.ReadAllBytes(file))];
        File.Delete(file);
        File.WriteAllBytes(file, changed);
    }

    private void Restic(params string[] arguments)
    {
        using var restic = Process.Start(new ProcessStartInfo("restic", ["-r", fleet.VaultFolder, "--no-cache", .. arguments])
        {
            Environment = { ["RESTIC_PASSWORD"] = SmallFleet.Password },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = restic.StandardOutput.ReadToEnd() + restic.StandardError.ReadToEnd();
        restic.WaitForExit();
        Assert.True(restic.ExitCode == 0, output);
    }
}
