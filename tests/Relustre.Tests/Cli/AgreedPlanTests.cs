using System.Text.RegularExpressions;

namespace Relustre.Tests.Cli;

/// <summary>A plan that somebody has read and agreed to, and a server that goes on changing: in a folder.</summary>
public sealed class AgreedPlanTests : ServerInFolder
{
    private const string Place = "/etc/modprobe.d/lustre.conf";
    private const string Backed = "options lnet networks=tcp(eth1)\n";

    [Fact]
    public async Task What_was_read_is_done_with_the_options_of_then()
    {
        var hash = await ReadAsync();

        Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--plan", hash, "--yes", "mds2"));
        var code = await Run.RunAsync("restore", "mds1", "--plan", hash, "--yes", "mds1");

        Assert.True(code == 0, Run.All);
        Assert.Equal(Backed, File.ReadAllText(Server.Path(Place)));
        Assert.Equal("changed\n", File.ReadAllText(Server.Path("/etc/rsyslog.conf")));
    }

    [Fact]
    public async Task What_would_be_something_else_by_now_is_refused_and_told()
    {
        var hash = await ReadAsync();
        Server.File("/etc/modprobe.d/ko2iblnd.conf", "options ko2iblnd peer_credits=8\n");

        Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--plan", hash, "--yes", "mds1"));

        Assert.Contains($"plan {hash} of ", Run.Error, StringComparison.Ordinal);
        Assert.Contains("new: lnet: remove /etc/modprobe.d/ko2iblnd.conf", Run.Error, StringComparison.Ordinal);
        Assert.Contains("relustre plan mds1", Run.Error, StringComparison.Ordinal);
        Assert.Equal("changed\n", File.ReadAllText(Server.Path(Place)));
        Assert.False(Directory.Exists(Run.Folder["restores/mds1"]));
    }

    [Fact]
    public async Task What_was_done_meanwhile_is_told_too()
    {
        var hash = await ReadAsync();
        Server.File(Place, Backed);

        Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--plan", hash, "--yes", "mds1"));

        Assert.Contains($"no more: lnet: write {Place}", Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_is_kept_is_its_owners_alone_and_has_no_secret()
    {
        Server.File("/etc/shadow", "root:$6$S3CRET:1::::::\n");
        await BackedUpAsync();
        Server.File("/etc/shadow", "root:*:1::::::\n");

        Assert.Equal(0, await Run.RunAsync("plan", "mds1", "--only", "identity"));

        var kept = Directory.GetFiles(Run.Folder["plans/mds1"]).Single();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        Assert.DoesNotContain("S3CRET", File.ReadAllText(kept), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("S3CRET"u8)[..7], File.ReadAllText(kept), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123")]
    [InlineData("../../site")]
    [InlineData("0123456789abcdef*")]
    public async Task A_hash_is_a_hash(string hash)
    {
        await BackedUpAsync();

        Assert.Equal(2, await Run.RunAsync("restore", "mds1", "--plan", hash));
        Assert.Contains("relustre plan mds1", Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_nobody_has_read_or_that_is_broken_is_refused()
    {
        var hash = await ReadAsync();
        Assert.Equal(2, await Run.RunAsync("restore", "mds1", "--plan", hash, "--stay"));
        Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--plan", "00000000"));
        Assert.Contains("no plan 00000000 of mds1", Run.Error, StringComparison.Ordinal);

        foreach (var broken in (string[])["", "{", "{}", "null", "{\"plan\":{}}"])
        {
            File.WriteAllText(Directory.GetFiles(Run.Folder["plans/mds1"]).Single(), broken);
            Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--plan", hash, "--yes", "mds1"));
            Assert.Contains("relustre plan mds1", Run.Error, StringComparison.Ordinal);
        }
        Assert.Equal("changed\n", File.ReadAllText(Server.Path(Place)));
    }

    private async Task BackedUpAsync()
    {
        Server.File(Place, Backed).File("/etc/rsyslog.conf", "*.* /var/log/all\n");
        await BackUpAsync();
        Server.File(Place, "changed\n").File("/etc/rsyslog.conf", "changed\n");
    }

    private async Task<string> ReadAsync()
    {
        await BackedUpAsync();
        Assert.Equal(0, await Run.RunAsync("plan", "mds1", "--only", "lnet"));
        return Regex.Match(Run.Output, "relustre restore mds1 --plan ([0-9a-f]{16})").Groups[1].Value;
    }
}
