using Relustre.Sites;

namespace Relustre.Tests.Sites;

public sealed class SiteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_site_is_private_and_complete()
    {
        var place = folder["site"];
        var password = await SiteFolder.PrepareAsync(place, own: false, Cancel);
        var site = await SiteFolder.FinishAsync(place, null, null, Cancel);

        Assert.Equal(Path.Combine(place, "keys/vault.password"), password);
        Assert.Matches(@"\A([a-z2-7]{4}-){12}[a-z2-7]{4}\n\z", File.ReadAllText(password!));
        Assert.Equal(DurableFile.OwnerOnly, File.GetUnixFileMode(password!));
        Assert.Equal(DurableFile.OwnerOnly, File.GetUnixFileMode(Path.Combine(place, "site.yaml")));
        Assert.Equal(DurableFile.OwnerFolder, File.GetUnixFileMode(Path.Combine(place, "keys")));
        Assert.Contains($"RESTIC_PASSWORD_FILE='{password}'", File.ReadAllText(Path.Combine(place, "RECOVERY.txt")));
        Assert.Equal((0, Path.Combine(place, "vault")), (site.File.Hosts.Count, site.VaultFolder));
        Assert.Empty(Directory.EnumerateFiles(place, ".*"));
    }

    [Fact]
    public async Task Two_sites_have_two_passwords()
    {
        var first = File.ReadAllText((await SiteFolder.PrepareAsync(folder["a"], own: false, Cancel))!);
        var second = File.ReadAllText((await SiteFolder.PrepareAsync(folder["b"], own: false, Cancel))!);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_finished_site_is_never_made_again_and_an_unfinished_one_keeps_its_password()
    {
        var password = await SiteFolder.PrepareAsync(folder.Path, own: false, Cancel);
        var before = File.ReadAllText(password!);
        await SiteFolder.PrepareAsync(folder.Path, own: false, Cancel);
        Assert.Equal(before, File.ReadAllText(password!));
        await SiteFolder.FinishAsync(folder.Path, null, null, Cancel);

        await Assert.ThrowsAsync<SiteExistsException>(() => SiteFolder.PrepareAsync(folder.Path, own: false, Cancel));
    }

    [Fact]
    public async Task Servers_are_added_and_removed_and_the_file_keeps_its_mode()
    {
        var path = folder.Write("site.yaml", "hosts:\n");
        File.SetUnixFileMode(path, DurableFile.OwnerOnly | UnixFileMode.GroupRead);

        var site = await Site.Open(folder.Path).AddAsync(new("mds1") { Pair = "mds" }, TimeProvider.System, Cancel);

        Assert.Equal("hosts:\n  - name: mds1\n    pair: mds\n", File.ReadAllText(path));
        Assert.Equal(DurableFile.OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
        var twice = await Assert.ThrowsAsync<SiteException>(() => site.AddAsync(new("mds1"), TimeProvider.System, Cancel));
        Assert.Contains("already", twice.Message);
        await site.RemoveAsync("mds1", TimeProvider.System, Cancel);
        Assert.Equal("hosts:\n", File.ReadAllText(path));
    }

    [Fact]
    public async Task Servers_added_at_the_same_moment_are_all_there()
    {
        folder.Write("site.yaml", "hosts:\n");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => Site.Open(folder.Path).AddAsync(new($"h{i}"), TimeProvider.System, Cancel))));

        Assert.Equal(20, Site.Open(folder.Path).File.Hosts.Count);
    }

    [Fact]
    public void Servers_are_chosen_by_name_by_pair_and_localhost_is_always_there()
    {
        folder.Write("site.yaml", "hosts: [{name: a, pair: p}, {name: b, pair: p}, {name: c}]");
        var site = Site.Open(folder.Path);

        Assert.Equal(["a", "b", "c"], site.Choose([]).Select(host => host.Name));
        Assert.Equal(["a", "b", "c"], site.Choose(["p", "a", "c"]).Select(host => host.Name));
        Assert.True(Assert.Single(site.Choose(["localhost"])).IsLocal);
        Assert.Contains("did you mean 'localhost'", Assert.Throws<UnknownHostException>(() => site.Choose(["locahost"])).Message);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_named_with_their_line()
    {
        File.WriteAllBytes(folder["site.yaml"], [.. "vault: a\n# "u8, 0xFF, 0xFE]);

        var problem = Assert.Single(Assert.Throws<SiteFileException>(() => Site.Open(folder.Path)).Problems);

        Assert.Equal((2, "byte 0xff is no UTF-8 text"), (problem.Line, problem.Message));
    }

    [Fact]
    public void The_site_is_the_one_asked_for_then_the_environments_then_here_then_the_machines()
    {
        var (asked, environment, here, machine) = (folder["a"], folder["e"], folder["h"], folder["m"]);
        foreach (var place in new[] { asked, environment, here, machine })
            folder.Write($"{Path.GetFileName(place)}/site.yaml", "");

        Assert.Equal(asked, SiteFinder.Find(asked, environment, here, machine));
        Assert.Equal(asked, SiteFinder.Find("../a", environment, here, machine));
        Assert.Equal(environment, SiteFinder.Find(null, environment, here, machine));
        Assert.Equal(here, SiteFinder.Find(null, null, here, machine));
        Assert.Equal(machine, SiteFinder.Find(null, null, folder.Path, machine));
        Assert.Contains("relustre init", Assert.Throws<SiteMissingException>(() => SiteFinder.Find(null, null, folder.Path, folder.Path)).Message);
        Assert.Contains("--site", Assert.Throws<SiteMissingException>(() => SiteFinder.Find(folder.Path, environment, here, machine)).Message);
    }

    [Fact]
    public void What_the_site_allows_a_server_is_what_a_capture_is_given()
    {
        folder.Write("site.yaml", "limits: { file-size: 1M, total-size: 2M, listing-size: 3M, files: 4, minutes: 5, silence: 6 }\n");

        var limits = Site.Open(folder.Path).Limits;

        Assert.Equal((1L << 20, 2L << 20, 3L << 20, 4), (limits.FileSize, limits.TotalBytes, limits.ListingBytes, limits.Entries));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(6)), (limits.WholeTime, limits.Silence));
    }
}
