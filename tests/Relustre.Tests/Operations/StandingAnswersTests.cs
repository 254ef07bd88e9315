using System.Text;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Snapshots;
using Relustre.Tests.Capture;

namespace Relustre.Tests.Operations;

/// <summary>A tool that reads files alone is asked again only when they have changed, and nobody can tell that from a snapshot.</summary>
public sealed class StandingAnswersTests
{
    // Files that were written just now are never taken for settled, so the host's data is one of the machine's own.
    private const string Ask = "echo >>\"$root/asked\"; echo oh >&2; cat \"$root/say\"";

    private static readonly Source.Tool Tool = new("said.txt", Ask) { Needs = "cat", WorksOnTree = true, Reads = ["/data"] };

    [Fact]
    public async Task While_nothing_changes_it_is_not_asked()
    {
        await using var fleet = await FleetAsync(Tool);
        var host = HostOf(fleet);

        Assert.IsType<HostOutcome.BackedUp>((await fleet.BackUpAsync(host)).Single());
        Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());
        Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());

        Assert.Equal(1, Asked(fleet));
    }

    [Fact]
    public async Task When_something_else_changes_the_new_snapshot_has_its_answer_though_it_was_not_asked()
    {
        await using var fleet = await FleetAsync(Tool);
        var host = HostOf(fleet);
        await fleet.BackUpAsync(host);
        var before = await ToolAsync(fleet);
        fleet.Write("mds1", "/etc/hosts", "changed\n");

        Assert.IsType<HostOutcome.BackedUp>((await fleet.BackUpAsync(host)).Single());
        Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());

        Assert.Equal(1, Asked(fleet));
        Assert.Equal(("one\n", ToolOutcome.Answered, 0, "oh\n"), before);
        Assert.Equal(before, await ToolAsync(fleet));
        Directory.Delete(fleet["memory"], recursive: true);
        Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());
        Assert.Equal(2, Asked(fleet));
    }

    [Fact]
    public async Task When_its_files_change_it_is_asked_once_more_whether_it_says_the_same_or_not()
    {
        await using var fleet = await FleetAsync(Tool);
        var host = HostOf(fleet);
        await fleet.BackUpAsync(host);
        Link(fleet, "/usr/bin/printf");

        Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());
        Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());
        Assert.Equal(2, Asked(fleet));

        Link(fleet, "/usr/bin/env");
        fleet.Write("mds1", "/say", "two\n");
        Assert.IsType<HostOutcome.BackedUp>((await fleet.BackUpAsync(host)).Single());
        Assert.Equal(("two\n", ToolOutcome.Answered, 0, "oh\n"), await ToolAsync(fleet));
    }

    [Fact]
    public async Task An_answer_with_trouble_is_asked_for_each_time_and_its_trouble_told()
    {
        await using var fleet = await FleetAsync(Tool with { Command = $"{Ask}; exit 3" });
        var host = HostOf(fleet);
        await fleet.BackUpAsync(host);

        var again = Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single());

        Assert.Equal(2, Asked(fleet));
        Assert.Contains(again.Problems, problem => problem.Message.Contains("exit code 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_memory_that_remembers_another_answer_than_the_snapshot_has_is_not_believed()
    {
        await using var fleet = await FleetAsync(Tool);
        var host = HostOf(fleet);
        await fleet.BackUpAsync(host);
        var memory = Directory.GetFiles(fleet["memory"]).Single();
        await File.WriteAllTextAsync(memory, (await File.ReadAllTextAsync(memory, SmallFleet.Cancel)).Replace("\"said\":\"", "\"said\":\"0", StringComparison.Ordinal), SmallFleet.Cancel);
        fleet.Write("mds1", "/etc/hosts", "changed\n");

        var outcome = Assert.IsType<HostOutcome.BackedUp>((await fleet.BackUpAsync(host)).Single());

        Assert.Equal(2, Asked(fleet));
        Assert.Contains(outcome.Problems, problem => problem.Message.Contains("taken from the server anew", StringComparison.Ordinal));
        Assert.Equal(("one\n", ToolOutcome.Answered, 0, "oh\n"), await ToolAsync(fleet));
    }

    [Theory]
    [InlineData("\"seen\":\"", "\"seen\":\"x bye ")]
    [InlineData("\"sample:said.txt\"", "\"sample:said.txt\\nwant 9\"")]
    [InlineData("\"standing\":", "\"standing\":null,\"was\":")]
    public async Task A_memory_that_was_tampered_with_is_no_memory(string was, string becomes)
    {
        await using var fleet = await FleetAsync(Tool);
        var host = HostOf(fleet);
        await fleet.BackUpAsync(host);
        var memory = Directory.GetFiles(fleet["memory"]).Single();
        var text = await File.ReadAllTextAsync(memory, SmallFleet.Cancel);
        Assert.Contains(was, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(memory, text.Replace(was, becomes, StringComparison.Ordinal), SmallFleet.Cancel);

        Assert.Empty(Assert.IsType<HostOutcome.Unchanged>((await fleet.BackUpAsync(host)).Single()).Problems);

        Assert.Equal(2, Asked(fleet));
    }

    private static Task<SmallFleet> FleetAsync(Source.Tool tool) =>
        new SmallFleet { Catalogue = SampleComponent.Catalogue(new Source.Files("/etc/**"), tool) }.OpenAsync();

    private static Host HostOf(SmallFleet fleet)
    {
        var host = fleet.Tree("mds1", ("/etc/hosts", "first\n"), ("/say", "one\n"));
        Link(fleet, "/usr/bin/env");
        return host;
    }

    private static void Link(SmallFleet fleet, string to)
    {
        File.Delete(fleet["hosts/mds1/data"]);
        File.CreateSymbolicLink(fleet["hosts/mds1/data"], to);
    }

    private static int Asked(SmallFleet fleet) => File.ReadAllLines(fleet["hosts/mds1/asked"]).Length;

    private static async Task<(string Text, ToolOutcome Outcome, int? Code, string? Complaint)> ToolAsync(SmallFleet fleet)
    {
        var snapshot = await fleet.ReadAsync("mds1");
        var entry = await snapshot.FindAsync(SnapshotLayout.Tool("sample", "said.txt"), SmallFleet.Cancel);
        var tool = (await snapshot.ManifestAsync(SmallFleet.Cancel)).Components.Single().Tools.Single();
        return (Encoding.UTF8.GetString((await snapshot.ReadAsync(entry!, SmallFleet.Cancel)).Span), tool.Outcome, tool.ExitCode, tool.Complaint);
    }
}
