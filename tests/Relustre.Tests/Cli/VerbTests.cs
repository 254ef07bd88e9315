using System.Text;
using System.Text.Json;

namespace Relustre.Tests.Cli;

/// <summary>The main job through the command line: a site, a server's file tree, a backup, and every way of looking at it.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_server_is_backed_up_looked_at_proved_and_restored()
    {
        await MakeSiteAsync();
        Assert.Equal(0, await RunAsync("backup", "oss1"));
        Assert.Contains("oss1: new snapshot", cli.Output);
        Assert.Contains("1 stored, 0 unchanged, 0 failed", cli.Output);

        Assert.Equal(0, await RunAsync("backup", "--json"));
        Assert.Equal("unchanged", Json().GetProperty("hosts")[0].GetProperty("result").GetString());

        Assert.Equal(0, await RunAsync("snapshots", "--json"));
        var snapshot = Assert.Single(Json().EnumerateArray());
        Assert.True(snapshot.TryGetProperty("seenUnchanged", out _));
        var id = snapshot.GetProperty("id").GetString()![..8];

        Assert.Equal(0, await RunAsync("snapshots"));
        Assert.Matches($@"\AID +TIME +HOST .*\n{id} ", cli.Output);
        Assert.Equal(0, await RunAsync("ls", "oss1", "/etc/fstab"));
        Assert.Matches(@"^-rw-r--r--  ?\S+ +\S+ +\d+ \S+Z /etc/fstab\n\z", cli.Output);
        Assert.Equal(0, await RunAsync("dump", id, "/etc/fstab"));
        Assert.Equal("LABEL=root / xfs defaults 0 0\n", cli.Output);
        Assert.Equal(0, await RunAsync("show", "latest"));
        Assert.StartsWith("oss1  (snapshot ", cli.Output);
        Assert.Equal(0, await RunAsync("show", "oss1", "--component", "file-system-layout"));
        Assert.Equal(0, await RunAsync("show", "oss1", "--json"));
        Assert.Equal("oss1", Json().GetProperty("manifest").GetProperty("host").GetString());
        Assert.Equal(0, await RunAsync("check", "--read-data"));
        Assert.Contains("intact, to the last byte", cli.Output);
        Assert.Equal(0, await RunAsync("restore-files", "oss1", "--target", "out", "--only", "/etc/fstab"));
        Assert.Equal("LABEL=root / xfs defaults 0 0\n", File.ReadAllText(cli.Folder["out/etc/fstab"]));
        Assert.Equal(1, await RunAsync("restore-files", "oss1", "--target", "out"));
        Assert.Contains("not empty", cli.Error);
    }

    [Fact]
    public async Task A_secret_is_printed_only_when_it_is_asked_for_by_that_word()
    {
        await MakeSiteAsync();
        await RunAsync("backup");

        Assert.Equal(21, await RunAsync("dump", "oss1", "/etc/shadow"));
        Assert.Contains("--show-secrets", cli.Error);
        Assert.Empty(cli.Output);
        Assert.Equal(0, await RunAsync("dump", "oss1", "/etc/shadow", "--show-secrets"));
        Assert.Contains("$6$S3CRET", cli.Output);
        foreach (var line in new[] { "show oss1", "show oss1 --json", "ls oss1 --json", "snapshots --json", "show oss1 --component identity", "backup --json" })
        {
            await RunAsync(line.Split(' '));
            Assert.DoesNotContain("S3CRET", cli.All);
        }
    }

    [Fact]
    public async Task Names_that_would_command_a_terminal_are_shown_escaped_and_told_exactly_to_programs()
    {
        await MakeSiteAsync();
        cli.Folder.Shell("cd tree/etc/cron.d; touch -- $'\\e[31mred' $'caf\\xe9' $'two\\nlines'; printf '\\033]0;x\\007\\n' > title");
        Assert.Equal(0, await RunAsync("backup"));

        Assert.Equal(0, await RunAsync("ls", "oss1", "/etc/cron.d"));
        Assert.DoesNotContain('\e', cli.Output);
        Assert.Contains("/etc/cron.d/\\x1b[31mred\n", cli.Output);
        Assert.Contains("/etc/cron.d/caf\\xe9\n", cli.Output);
        Assert.Contains("/etc/cron.d/two\\nlines\n", cli.Output);

        Assert.Equal(0, await RunAsync("ls", "oss1", "/etc/cron.d", "--json"));
        Assert.DoesNotContain('\e', cli.Output);
        var odd = cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(entry => entry.TryGetProperty("pathBase64", out _));
        Assert.Equal([.. "/etc/cron.d/caf"u8, 0xE9], odd.GetProperty("pathBase64").GetBytesFromBase64());

        Assert.Equal(0, await RunAsync("dump", "oss1", "/etc/cron.d/title"));
        Assert.Equal("\e]0;x\a\n"u8.ToArray(), cli.OutputBytes);
    }

    [Fact]
    public async Task One_bad_server_is_3_and_only_bad_ones_are_1()
    {
        await MakeSiteAsync();
        Assert.Equal(0, await RunAsync("host", "add", "gone", "--root", "nowhere"));

        Assert.Equal(3, await RunAsync("backup"));
        Assert.Contains("gone: FAILED", cli.Output);
        Assert.Contains("1 stored, 0 unchanged, 1 failed", cli.Output);
        Assert.Equal(1, await RunAsync("backup", "gone"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_vault_has_its_own_number()
    {
        await MakeSiteAsync();
        cli.Folder.Write("wrong", "not it");

        Assert.Equal(12, await RunAsync("snapshots", "--password-file", "wrong"));
        Assert.Equal(12, await RunAsync("snapshots", "--password-file", "missing"));
        Assert.Equal(1, await RunAsync("init"));
        Assert.Contains("already holds a site", cli.Error);
        Assert.Equal(1, await RunAsync("ls", "nobody"));
        Assert.Equal(2, await RunAsync("backup", "os1"));
        Assert.Contains("did you mean 'oss1'", cli.Error);
        Directory.Move(cli.Folder["site/vault"], cli.Folder["site/elsewhere"]);
        Assert.Equal(10, await RunAsync("snapshots"));
    }

    [Fact]
    public async Task Damage_is_named_and_ends_with_1()
    {
        await MakeSiteAsync();
        await RunAsync("backup");
        var pack = Directory.GetFiles(cli.Folder["site/vault/data"], "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        var bytes = File.ReadAllBytes(pack);
        bytes[bytes.Length / 3] ^= 1;
        File.Delete(pack);
        File.WriteAllBytes(pack, bytes);

        Assert.Equal(1, await RunAsync("check", "--read-data"));
        Assert.Contains("DAMAGE", cli.Error);
        Assert.Contains("damaged", cli.Output);
        Assert.Equal(1, await RunAsync("check", "--read-data", "--json"));
        Assert.False(Json().GetProperty("isIntact").GetBoolean());
    }

    [Fact]
    public async Task An_interrupted_command_ends_with_130()
    {
        await MakeSiteAsync();

        Assert.Equal(130, await cli.InterruptedAsync("--site", "site", "backup"));
        Assert.Contains("interrupted", cli.Error);
    }

    [Fact]
    public async Task A_server_leaves_as_the_guides_archive_and_comes_back_as_the_same_files()
    {
        await MakeSiteAsync();
        await RunAsync("backup");

        Assert.Equal(0, await RunAsync("export", "oss1", "--json"));
        var archive = Json().GetProperty("file").GetString()!;
        Assert.Matches(@"/bck-oss1-\d{8}-\d{6}\.tgz\z", archive);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));
        Assert.Contains("/etc/fstab", cli.Folder.Shell($"tar tzf '{archive}'"));
        Assert.Equal(1, await RunAsync("export", "oss1"));
        Assert.Contains("not written over", cli.Error);

        Assert.Equal(0, await RunAsync("import", archive, "--host", "copy"));
        Assert.Contains("new snapshot", cli.Output);
        Assert.Equal(0, await RunAsync("import", archive, "--host", "copy"));
        Assert.Contains("imported before", cli.Output);
        Assert.Equal(0, await RunAsync("dump", "copy", "/etc/shadow", "--show-secrets"));
        Assert.Equal("root:$6$S3CRET$hash:19000:0:99999:7:::\n", cli.Output);
        Assert.Equal(0, await RunAsync("show", "copy"));
        Assert.Equal(0, await RunAsync("check", "--read-data"));
    }

    [Fact]
    public async Task A_hostile_archive_is_refused_and_leaves_no_snapshot()
    {
        await MakeSiteAsync();
        cli.Folder.Shell("mkdir x; echo gotcha > x/evil; tar czf bck-h-20190507-110322.tgz --transform 's,x/evil,../../evil,' -P x/evil");

        Assert.Equal(1, await RunAsync("import", "bck-h-20190507-110322.tgz"));
        Assert.DoesNotContain("bug", cli.Error);
        Assert.Equal(1, await RunAsync("import", "nowhere.tgz"));
        Assert.DoesNotContain("bug", cli.Error);
        Assert.Equal(0, await RunAsync("snapshots", "--json"));
        Assert.Equal("[]\n", cli.Output);
    }

    [Fact]
    public async Task An_archive_without_a_date_is_of_the_time_of_its_newest_file_and_what_nobody_knows_is_secret()
    {
        await MakeSiteAsync();
        cli.Folder.Shell("mkdir -p old/etc old/opt; echo a > old/etc/fstab; echo b > old/opt/passwords; touch -d '2019-05-07 11:03:22Z' old/etc/fstab; "
            + "touch -d '2018-01-01Z' old/opt/passwords; tar cf old.tar -C old etc opt");

        Assert.Equal(0, await RunAsync("import", "old.tar", "--host", "old"));

        Assert.Contains("2019-05-07 11:03:22Z", cli.Output);
        Assert.Contains("does not tell when it was made", cli.Error);
        Assert.Equal(0, await RunAsync("dump", "old", "/etc/fstab"));
        Assert.Equal(21, await RunAsync("dump", "old", "/opt/passwords"));
        Assert.Equal(0, await RunAsync("dump", "old", "/opt/passwords", "--show-secrets"));
    }

    [Fact]
    public async Task The_collector_is_printed_as_it_is_sent()
    {
        await MakeSiteAsync();

        Assert.Equal(0, await RunAsync("collector", "oss1"));
        Assert.StartsWith("#!/bin/sh\n", cli.Output);
        Assert.Contains("/etc/ssh/ssh_host_", cli.Output);
        Assert.Equal(0, await RunAsync("host", "add", "closed", "--no-ssh-keys"));
        Assert.Equal(0, await RunAsync("collector", "closed"));
        Assert.DoesNotContain("/etc/ssh/ssh_host_", cli.Output);
    }

    [Fact]
    public async Task A_live_view_stays_on_standard_error_and_leaves_the_results_alone()
    {
        using var terminal = new CliRun { IsTerminal = true };
        await MakeSiteAsync(terminal);

        Assert.Equal(0, await terminal.RunAsync("--site", "site", "backup"));

        Assert.Contains("\e[", terminal.Error);
        Assert.Contains("of 1 server", terminal.Error);
        Assert.DoesNotContain("\e[", terminal.Output);
        Assert.Contains("oss1: new snapshot", terminal.Output);
    }

    private Task<int> RunAsync(params IReadOnlyList<string> arguments) => cli.RunAsync(["--site", "site", .. arguments]);

    private JsonElement Json() => JsonDocument.Parse(Encoding.UTF8.GetString(cli.OutputBytes)).RootElement;

    private Task MakeSiteAsync() => MakeSiteAsync(cli);

    private static async Task MakeSiteAsync(CliRun cli)
    {
        cli.Folder.Write("tree/etc/fstab", "LABEL=root / xfs defaults 0 0\n");
        cli.Folder.Write("tree/etc/hostname", "oss1\n");
        cli.Folder.Write("tree/etc/shadow", "root:$6$S3CRET$hash:19000:0:99999:7:::\n");
        cli.Folder.Write("tree/etc/cron.d/job", "# none\n");
        // systemctl answers on a tree only where there are units.
        cli.Folder.Write("tree/usr/lib/systemd/system/multi-user.target", "[Unit]\nDescription=Multi-User\n");
        cli.Folder.Shell("mkdir -p tree/etc/systemd/system; ln -s /usr/lib/systemd/system/multi-user.target tree/etc/systemd/system/default.target");
        Assert.Equal(0, await cli.RunAsync("init", "--site", "site"));
        Assert.Equal(0, await cli.RunAsync("--site", "site", "host", "add", "oss1", "--root", "tree"));
    }
}
