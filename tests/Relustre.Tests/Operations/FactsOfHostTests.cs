using System.Text.Json;
using Relustre.Facts;
using Relustre.Snapshots;

namespace Relustre.Tests.Operations;

/// <summary>What a snapshot tells that no component knows alone, and where it finds what two names lead to.</summary>
public class FactsOfHostTests
{
    [Fact]
    public async Task Mount_points_tell_every_target_that_anybody_knows()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var host = fleet.Tree("mds1",
            ("/etc/ldev.conf", "mds1 mds2 demo-MDT0000 /dev/mapper/mpatha\n"),
            ("/etc/fstab", "/dev/mapper/mpathb /mnt/ost0 lustre noauto,_netdev 0 0\n"));

        await fleet.BackUpAsync(host);

        var facts = await FactsAsync(fleet, "mds1");
        Assert.Equal(
            [("fstab", null, "/dev/mapper/mpathb", "/mnt/ost0"), ("ldev", "demo-MDT0000", "/dev/mapper/mpatha", null)],
            facts!.Targets.Select(target => (target.From, target.Target, target.Device, target.MountPoint)));
        Assert.True((await ManifestAsync(fleet, "mds1")).Components.Single(component => component.Name == "mount-points").HasFacts);
    }

    [Fact]
    public async Task A_server_without_targets_has_no_mount_points()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var host = fleet.Tree("adm", ("/etc/fstab", "LABEL=root / xfs defaults 0 0\n"));

        await fleet.BackUpAsync(host);

        Assert.Null(await FactsAsync(fleet, "adm"));
        Assert.False((await ManifestAsync(fleet, "adm")).Components.Single(component => component.Name == "mount-points").HasFacts);
    }

    [Fact]
    public void A_component_that_fails_at_a_text_is_a_problem_and_spoils_no_other()
    {
        var problems = new List<ManifestProblem>();
        var state = new ComponentState([], [new ToolOutput("any", ToolOutcome.Answered)]);

        var told = FactsOfHost.Of([(new Failing(), state), (new Telling(), state)], problems);

        Assert.Equal(["telling"], told.Keys);
        Assert.Equal("failing", Assert.Single(problems).Subject);
    }

    [Fact]
    public async Task What_lies_in_sbin_is_captured_where_the_link_leads_and_no_problem()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var host = fleet.Tree("mds1", ("/usr/sbin/ifup-local", "#!/bin/sh\n"), ("/etc/hostname", "mds1\n"));
        Directory.CreateSymbolicLink(fleet["hosts/mds1/sbin"], "usr/sbin");

        await fleet.BackUpAsync(host);

        Assert.NotNull(await (await fleet.ReadAsync("mds1")).FindAsync("/usr/sbin/ifup-local", SmallFleet.Cancel));
        Assert.Empty((await ManifestAsync(fleet, "mds1")).Problems);
    }

    private static async Task<Manifest> ManifestAsync(SmallFleet fleet, string host) =>
        await (await fleet.ReadAsync(host)).ManifestAsync(SmallFleet.Cancel);

    private static async Task<MountPointsFacts?> FactsAsync(SmallFleet fleet, string host)
    {
        var snapshot = await fleet.ReadAsync(host);
        return await snapshot.FindAsync(SnapshotLayout.Facts("mount-points"), SmallFleet.Cancel) is { } entry
            ? Assert.IsType<MountPointsFacts>(JsonSerializer.Deserialize((await snapshot.ReadAsync(entry, SmallFleet.Cancel)).Span, FactsJson.Default.ComponentFacts))
            : null;
    }

    private sealed class Failing() : Component("failing", RestoreStage.Platform)
    {
        public override IReadOnlyList<Source> Sources => [];

        public override ComponentFacts? Facts(ComponentState state) => throw new FormatException("rubbish");
    }

    private sealed class Telling() : Component("telling", RestoreStage.Platform)
    {
        public override IReadOnlyList<Source> Sources => [];

        public override ComponentFacts? Facts(ComponentState state) => new RdmaFacts([]);
    }
}
