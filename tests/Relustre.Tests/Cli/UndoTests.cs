namespace Relustre.Tests.Cli;

/// <summary>The way back from a restore, on a server in a folder.</summary>
public sealed class UndoTests : ServerInFolder
{
    private const string Place = "/etc/modprobe.d/lustre.conf";
    private const string Corosync = "/proc/7/stat";

    [Fact]
    public async Task What_was_there_before_comes_back_and_not_before_the_name_is_typed()
    {
        await RestoredAsync();

        Assert.Equal(1, await UndoAsync("mds2"));
        Assert.Equal("options lnet networks=tcp(eth1)\n", Content());
        Assert.Equal(0, await UndoAsync("mds1"));
        Assert.Equal("options lnet networks=tcp(eth2)\n", Content());
    }

    [Fact]
    public async Task One_that_was_cut_off_goes_on_by_the_same_command_and_is_not_undone_itself()
    {
        await RestoredAsync();
        Server.File(Corosync, "7 (corosync) S 1 ");
        Assert.Equal(21, await UndoAsync("mds1"));
        File.Delete(Server.Path(Corosync));

        Assert.Equal(0, await UndoAsync("mds1"));

        Assert.Equal("options lnet networks=tcp(eth2)\n", Content());
    }

    [Fact]
    public async Task A_restore_that_is_open_stays_open_when_its_undo_was_not_wanted()
    {
        await RestoredAsync();
        Server.File(Place, "options lnet networks=tcp(eth3)\n").File(Corosync, "7 (corosync) S 1 ");
        Assert.Equal(21, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Server.File(Place, "options lnet networks=tcp(eth4)\n");

        Assert.Equal(1, await UndoAsync("mds2"));
        File.Delete(Server.Path(Corosync));

        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--resume"));
        Assert.Equal("options lnet networks=tcp(eth1)\n", Content());
    }

    private async Task RestoredAsync()
    {
        Server.File(Place, "options lnet networks=tcp(eth1)\n");
        await BackUpAsync();
        Server.File(Place, "options lnet networks=tcp(eth2)\n");
        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Assert.Equal("options lnet networks=tcp(eth1)\n", Content());
    }

    private Task<int> UndoAsync(string name) => Run.RunAsync("restore", "mds1", "--only", "lnet", "--undo", "--yes", name);

    private string Content() => File.ReadAllText(Server.Path(Place));
}
