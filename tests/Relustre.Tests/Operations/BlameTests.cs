using System.Text;
using Relustre.Audit;
using Relustre.Operations;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

/// <summary>The values that blame tells tile the history, and are what a dump of every single snapshot has.</summary>
public sealed class BlameTests
{
    private const string Corosync = "/etc/corosync/corosync.conf";

    private static readonly string[] Paths = [Corosync, "/etc/fstab", "/etc/cron.d", "/etc/cron.d/job", "/etc/shadow"];

    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Blame_of_any_path_agrees_with_dumping_every_snapshot(int seed)
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var snapshots = await LiveThroughAsync(fleet, seed);
        var blame = new Blame(fleet.Vault, new CatalogueIndex(fleet.Catalogue), Ledger.BesideVault(fleet.VaultFolder), snapshots);

        foreach (var path in Paths)
        {
            var told = await blame.PathAsync(path, SmallFleet.Cancel);

            Tiles(told, snapshots);
            foreach (var snapshot in snapshots)
            {
                var dumped = await DumpAsync(fleet, snapshot, path);
                var value = ValueAt(told, snapshot);
                Assert.Equal(dumped is null, value.Shown is null);
                Assert.Equal(dumped, await DumpAsync(fleet, value.First, path));
            }
            foreach (var (before, after) in told.Values.Zip(told.Values.Skip(1)))
                Assert.NotEqual(await DumpAsync(fleet, before.Last, path), await DumpAsync(fleet, after.First, path));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Blame_of_a_setting_agrees_with_reading_every_snapshot(int seed)
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var snapshots = await LiveThroughAsync(fleet, seed);
        var component = fleet.Catalogue.Components.Single(component => component.Name == "corosync");
        var blame = new Blame(fleet.Vault, new CatalogueIndex(fleet.Catalogue), Ledger.BesideVault(fleet.VaultFolder), snapshots);

        var told = Assert.Single(await blame.SettingsAsync([component], "totem.token", SmallFleet.Cancel));

        Tiles(told, snapshots);
        foreach (var snapshot in snapshots)
        {
            var state = await new StoredServer(fleet.Vault, snapshot).StateAsync(component, SmallFleet.Cancel);
            Assert.Equal(component.Read(state).FirstOrDefault(setting => setting.Key == $"{Corosync}: totem.token").Value, ValueAt(told, snapshot).Shown);
        }
        Assert.All(told.Values.Zip(told.Values.Skip(1)), pair => Assert.NotEqual(pair.First.Shown, pair.Second.Shown));
    }

    [Fact]
    public async Task A_change_is_told_with_what_else_changed_and_with_IMLs_mark()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var past = new WrittenPast(fleet) { ["/etc/ntp.conf"] = "server a\n", ["/etc/fstab"] = "LABEL=root / xfs defaults 0 0\n", ["/etc/shadow"] = "root:S3CRET1:1::::::\n" };
        await past.SnapshotAsync(TimeSpan.FromHours(2), seenAgain: 1);
        past["/etc/ntp.conf"] = "server adm iburst # IML_EDITv1 server a\n";
        past["/etc/fstab"] = "LABEL=other / xfs defaults 0 0\n";
        past["/etc/shadow"] = "root:S3CRET22:1::::::\n";
        await past.SnapshotAsync(TimeSpan.FromHours(2), seenAgain: 0);
        var blame = new Blame(fleet.Vault, new CatalogueIndex(fleet.Catalogue), Ledger.BesideVault(fleet.VaultFolder), past.Snapshots);

        var ntp = await blame.PathAsync("/etc/ntp.conf", SmallFleet.Cancel);
        var shadow = await blame.PathAsync("/etc/shadow", SmallFleet.Cancel);

        Assert.Equal(2, ntp.Values.Count);
        Assert.Equal(ntp.Values[0].From.AddHours(1), ntp.Values[0].SeenUntil);
        Assert.Equal(ntp.Values[0].From.AddHours(2), ntp.Values[0].Until);
        Assert.True(ntp.Values[1].IsMarkedByIml);
        Assert.Contains(ntp.Values[1].Changes, change => change.Key.StartsWith("/etc/ntp.conf: server", StringComparison.Ordinal));
        Assert.Equal(["/etc/fstab"], ntp.Values[1].With!.Paths["file-system-layout"]);
        Assert.True(shadow.IsSecret);
        Assert.DoesNotContain("S3CRET", string.Join('\n', shadow.Values.SelectMany(value => value.Changes.Select(change => $"{change.ShownWanted} {change.ShownFound}").Append(value.Shown!))));
        Assert.DoesNotContain('(', shadow.Values[1].Shown!);
        var unknown = await Assert.ThrowsAsync<NotBlamedException>(() => blame.PathAsync("/etc/fstba", SmallFleet.Cancel));
        Assert.Contains("did you mean '/etc/fstab'", unknown.Message);
    }

    [Fact]
    public async Task History_tells_each_snapshots_changes_and_what_happened_in_between()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var snapshots = await LiveThroughAsync(fleet, seed: 4);
        var index = new CatalogueIndex(fleet.Catalogue);
        var accepted = Decision.Of(DecisionKind.AcceptedSnapshot, new("alice", "mgmt"), snapshots[^1].Record.Time.AddDays(1)) with { Host = "oss1", Snapshot = snapshots[0].Id.ToString() };

        var events = await new HostHistory(fleet.Vault, index, Ledger.BesideVault(fleet.VaultFolder), [accepted]).OfAsync("oss1", snapshots, SmallFleet.Cancel);
        var corosync = await new HostHistory(fleet.Vault, index, Ledger.BesideVault(fleet.VaultFolder), [accepted]) { Component = fleet.Catalogue.Components.Single(one => one.Name == "corosync") }
            .OfAsync("oss1", snapshots, SmallFleet.Cancel);

        Assert.Equal(events.OrderBy(happened => happened.At), events);
        Assert.Equal(snapshots.Select(snapshot => snapshot.Id), events.OfType<HistoryEvent.Stored>().Select(stored => stored.Snapshot.Id));
        Assert.IsType<HistoryEvent.Decided>(events[^1]);
        Assert.Contains(events, happened => happened is HistoryEvent.Seen);
        foreach (var stored in events.OfType<HistoryEvent.Stored>().Skip(1))
            Assert.Equal(
                (await new ServerComparison(index).BetweenAsync(new(fleet.Vault, stored.Before!), new(fleet.Vault, stored.Snapshot), SmallFleet.Cancel)).Count,
                stored.Differences.Count);
        Assert.All(corosync.OfType<HistoryEvent.Stored>().SelectMany(stored => stored.Differences), difference => Assert.Equal("corosync", difference.Component));
        Assert.True(corosync.Count < events.Count);
    }

    private static void Tiles(BlamedSubject told, IReadOnlyList<StoredSnapshot> snapshots)
    {
        Assert.Equal(snapshots[0].Record.Time, told.Values[0].From);
        Assert.Null(told.Values[^1].Until);
        Assert.Equal(snapshots.Count, told.Values.Sum(value => value.Snapshots));
        foreach (var (before, after) in told.Values.Zip(told.Values.Skip(1)))
            Assert.Equal(before.Until, after.From);
        foreach (var value in told.Values)
            Assert.InRange(value.SeenUntil, value.Last.Record.Time, value.Until ?? DateTimeOffset.MaxValue);
    }

    private static BlamedValue ValueAt(BlamedSubject told, StoredSnapshot snapshot) => Assert.Single(
        told.Values, value => value.From <= snapshot.Record.Time && (value.Until is null || snapshot.Record.Time < value.Until));

    // What a folder holds is told by every name below it, with its content; times are none of it.
    private static async Task<string?> DumpAsync(SmallFleet fleet, StoredSnapshot snapshot, string path)
    {
        var reader = new SnapshotReader(fleet.Vault, snapshot);
        if (await reader.FindAsync(path, SmallFleet.Cancel) is not { } entry)
            return null;
        var text = new StringBuilder($"{entry.Node.Type} {entry.Node.UnixMode} ");
        if (entry.Node.Type == NodeType.File)
            text.Append(Encoding.UTF8.GetString((await reader.ReadAsync(entry, SmallFleet.Cancel)).Span));
        await foreach (var below in reader.BelowAsync(entry, SmallFleet.Cancel))
            text.Append($"{below.Path} {below.Node.UnixMode} {Encoding.UTF8.GetString((await reader.ReadAsync(below, SmallFleet.Cancel)).Span)}");
        return text.ToString();
    }

    private static async Task<IReadOnlyList<StoredSnapshot>> LiveThroughAsync(SmallFleet fleet, int seed)
    {
        var past = new WrittenPast(fleet) { [Corosync] = "totem {\n  token: 1000\n}\n", ["/etc/fstab"] = "x\n", ["/etc/cron.d/job"] = "\n", ["/etc/shadow"] = "root:x:1::::::\n" };
        for (var day = 0; day < 30; day++)
        {
            var dice = ((seed * 7919) + (day * 104729)) % 997;
            if (dice % 3 == 0)
                past[Corosync] = $"# day {day}\ntotem {{\n  token: {1000 + (dice % 4)}\n}}\n";
            if (dice % 4 == 1)
                past["/etc/cron.d/job"] = $"1 2 3 4 5 root run {dice % 2}\n";
            if (dice % 5 == 2)
                past["/etc/cron.d/job"] = null;
            if (dice % 6 == 3)
                past["/etc/shadow"] = $"root:$6${dice % 3}:1::::::\n";
            if (day == 9)
                past.Mode = 0b100_000_000;
            if (day == 11)
                past[Corosync] = null;
            await past.SnapshotAsync(TimeSpan.FromDays(1), seenAgain: dice % 2);
        }
        return past.Snapshots;
    }
}
