using System.Text;
using Relustre.Hosts;
using Relustre.Restore;

namespace Relustre.Tests.Restore;

/// <summary>Accounts are merged by name, on files of a folder, by this machine's own shell and awk.</summary>
public sealed class AccountChangeTests : IDisposable
{
    private const string Bare = "root:x:0:0:root:/root:/bin/bash\nhacluster:x:995:990:by the package:/home/hacluster:/sbin/nologin\n";

    private static readonly Component Identity = Catalogue.BuiltIn.Components.Single(component => component.Name == "identity");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-accounts");
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task System_accounts_keep_the_ids_of_their_packages_and_users_get_theirs_back()
    {
        Has("passwd", Bare);
        Has("group", "root:x:0:\nhaclient:x:990:\n");
        Has("shadow", "root:*:1::::::\nhacluster:!!:1::::::\n");

        Assert.Equal(0, (await MergeAsync(
            ("passwd", $"root:x:0:0:root:/root:/bin/bash\nhacluster:x:189:189:cluster user:/home/hacluster:/sbin/nologin\nlustreadm:x:1500:1500::{folder}/home-of-lustreadm:/bin/bash\n"),
            ("group", "root:x:0:\nhaclient:x:189:\nlustreadm:x:1500:hacluster\n"),
            ("shadow", "root:$6$root:16000:0:99999:7:::\nhacluster:$6$cluster:16000:0:99999:7:::\nlustreadm:$6$adm:16001:0:99999:7:::\n"))).ExitCode);

        Assert.Equal($"root:x:0:0:root:/root:/bin/bash\nhacluster:x:995:990:cluster user:/home/hacluster:/sbin/nologin\nlustreadm:x:1500:1500::{folder}/home-of-lustreadm:/bin/bash\n", Says("passwd"));
        Assert.Equal("root:x:0:\nhaclient:x:990:\nlustreadm:x:1500:hacluster\n", Says("group"));
        Assert.Equal("root:$6$root:16000:0:99999:7:::\nhacluster:$6$cluster:16000:0:99999:7:::\nlustreadm:$6$adm:16001:0:99999:7:::\n", Says("shadow"));
        if (Environment.UserName == "root")
            Assert.Equal("drwx------ 1500 1500", (await shell.RunAsync(new("stat", "-c", "%A %u %g", $"{folder}/home-of-lustreadm"), Cancel)).Output.Trim());
    }

    [Fact]
    public async Task The_second_time_no_file_is_touched()
    {
        Has("passwd", Bare);
        Has("group", "root:x:0:\n");
        (string, string)[] wanted = [("passwd", Bare + "user:x:1001:0::/nowhere/user:/bin/sh\n"), ("group", "root:x:0:\nstaff:x:50:user\n")];
        await MergeAsync(wanted);
        var before = Directory.GetFiles(folder.FullName).ToDictionary(path => path, File.ReadAllText);
        foreach (var path in before.Keys)
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        Assert.Equal(0, (await MergeAsync(wanted)).ExitCode);

        Assert.Equal(before, Directory.GetFiles(folder.FullName).ToDictionary(path => path, File.ReadAllText));
        Assert.All(before.Keys, path => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path)));
        Assert.Empty(Directory.GetDirectories(folder.FullName));
    }

    [Fact]
    public async Task An_id_that_is_taken_is_another_one_for_a_system_account_and_a_note_for_a_user()
    {
        Has("passwd", "root:x:0:0::/root:/bin/sh\nother:x:200:0::/:/bin/false\nguest:x:1500:100::/:/bin/sh\n");
        Has("group", "root:x:0:\nusers:x:100:\nfresh:x:999:\n");

        var result = await MergeAsync(
            ("passwd", "root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\nmine:x:200:999::/:/bin/false\nperson:x:1500:100::/nowhere/x:/bin/sh\n"),
            ("group", "root:x:0:\nold:x:999:mine\n"));

        Assert.Equal("person was not made: guest has its id 1500", result.Output.Trim());
        Assert.Equal("root:x:0:0::/root:/bin/sh\nother:x:200:0::/:/bin/false\nguest:x:1500:100::/:/bin/sh\ntoor:x:0:0::/root:/bin/sh\nmine:x:999:998::/:/bin/false\n", Says("passwd"));
        Assert.Equal("root:x:0:\nusers:x:100:\nfresh:x:999:\nold:x:998:mine\n", Says("group"));
        Assert.Contains("mine:!!:::::::\n", Says("shadow"));
    }

    [Fact]
    public async Task A_users_id_moves_only_among_users()
    {
        Has("passwd", "root:x:0:0::/root:/bin/sh\ndaemon:x:995:0::/:/bin/false\nperson:x:1001:0::/:/bin/sh\n");
        Has("group", "root:x:0:\n");

        await MergeAsync(("passwd", "root:x:0:0::/root:/bin/sh\ndaemon:x:1200:0::/:/bin/false\nperson:x:1500:0::/:/bin/sh\n"), ("group", "root:x:0:\n"));

        Assert.Equal("root:x:0:0::/root:/bin/sh\ndaemon:x:995:0::/:/bin/false\nperson:x:1500:0::/:/bin/sh\n", Says("passwd"));
    }

    [Fact]
    public async Task Members_are_who_was_and_those_whom_nobody_knew()
    {
        Has("passwd", Bare);
        Has("group", "root:x:0:\nwheel:x:10:intruder,former\n");
        Has("gshadow", "root:::\nwheel:!::intruder,former\n");

        await MergeAsync(
            ("passwd", Bare + "former:x:1001:0::/nowhere/f:/bin/sh\nadmin:x:1002:0::/nowhere/a:/bin/sh\n"),
            ("group", "root:x:0:\nwheel:x:10:root,admin\n"),
            ("gshadow", "root:::\nwheel:$6$group:admin:root,admin\n"));

        Assert.Equal("root:x:0:\nwheel:x:10:root,admin,intruder\n", Says("group"));
        Assert.Equal("root:::\nwheel:$6$group:admin:root,admin,intruder\n", Says("gshadow"));
    }

    [Fact]
    public async Task Broken_lines_stay_and_what_is_cut_changes_nothing()
    {
        Has("passwd", Bare + "broken line\n+::::::\n");
        Has("group", "root:x:0:\n");
        var command = Command(("passwd", Bare + "user:x:1001:0::/nowhere/user:/bin/sh\nalso broken\n-opt:x:1:1::/:/\n"));

        var cut = await shell.RunAsync(command with { Input = command.Input[..^4] }, Cancel);
        Assert.Equal((75, Bare + "broken line\n+::::::\n"), (cut.ExitCode, Says("passwd")));

        await shell.RunAsync(command, Cancel);
        Assert.Equal(Bare + "broken line\n+::::::\nuser:x:1001:0::/nowhere/user:/bin/sh\n", Says("passwd"));
    }

    [Theory]
    [InlineData("gawk")]
    [InlineData("mawk")]
    [InlineData("busybox awk")]
    public async Task Every_awk_comes_to_the_same(string awk)
    {
        Has("passwd", Bare);
        Has("group", "root:x:0:\nhaclient:x:990:\n");
        Has("subuid", "user:1:2\nother:100000:65536\nuser:3:4\n");
        var path = Path.Combine(folder.FullName, "awk");
        File.WriteAllText(path, $"#!/bin/sh\nexec {awk} \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        if ((await shell.RunAsync(new("sh", "-c", $"{awk} 'BEGIN {{ exit 0 }}'"), Cancel)).ExitCode != 0)
            Assert.Skip($"{awk} is not here");

        var command = Command(
            ("passwd", Bare + "user:x:1001:990::/nowhere/user:/bin/sh\nlast:x:4294967294:990::/nowhere/user:/bin/sh\n"), ("group", "root:x:0:\nhaclient:x:189:user\n"), ("subuid", "user:5:6\nuser:7:8\n"));
        var result = await shell.RunAsync(new RemoteCommand(["env", $"PATH={folder}:{Environment.GetEnvironmentVariable("PATH")}", .. command.Arguments]) { Input = command.Input }, Cancel);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Equal(Bare + "user:x:1001:990::/nowhere/user:/bin/sh\nlast:x:4294967294:990::/nowhere/user:/bin/sh\n", Says("passwd"));
        Assert.Equal("root:x:0:\nhaclient:x:990:user\n", Says("group"));
        Assert.Equal("user:5:6\nuser:7:8\nother:100000:65536\n", Says("subuid"));
    }

    [Fact]
    public void Passwd_and_shadow_are_never_written_whole_and_sudoers_are_looked_over_first()
    {
        var host = RecordedHost.Open("identity/el6");

        var steps = Identity.Restore(host.State, ComponentState.Empty, new RestoreContext
        {
            Platform = new Platform { EnterpriseLinux = 6 },
            Wanted = new Dictionary<string, ComponentFacts>(),
            Found = new Dictionary<string, ComponentFacts>(),
        });

        Assert.Equal("merge users, groups and their passwords by name", steps[0].Summary);
        Assert.DoesNotContain(steps, step => step is Relustre.Steps.WriteFile write && AccountChange.Files.Contains(write.File.Path));
        Assert.All(steps.OfType<Relustre.Steps.WriteFile>().Where(step => step.File.Path.StartsWith("/etc/sudoers", StringComparison.Ordinal)), step => Assert.Equal("visudo -cf", step.Verifier));
    }

    // The same in C# and in awk: what one makes, the other does not ask for again.
    [Theory]
    [InlineData("identity/el6", "identity/debian12")]
    [InlineData("identity/debian12", "identity/el6")]
    [InlineData("identity/el9", "identity/el6")]
    [InlineData("identity/el6", "identity/el9")]
    [InlineData("identity/el9", "identity/debian12")]
    public async Task What_was_merged_needs_no_merging(string wanted, string found)
    {
        var (shall, has) = (RecordedHost.Open(wanted).State, RecordedHost.Open(found).State);
        foreach (var path in AccountChange.Files.Where(path => has.File(path) is not null))
            Has(path.Split('/')[^1], has.Text(path)!);
        // Nobody's home is made on this machine.
        var command = AccountChange.CommandIn(folder.FullName, AccountChange.Rows(shall).Select(row => row.Replace(":/home/", ":/nowhere/home/", StringComparison.Ordinal)), new Platform { EnterpriseLinux = 6 });
        shall = shall with { Files = [.. shall.Files.Select(file => file with { Content = Encoding.UTF8.GetBytes(file.Text.Replace(":/home/", ":/nowhere/home/", StringComparison.Ordinal)) })] };

        Assert.True(new AccountNeeds(shall, has, 500).Any);
        Assert.Equal(0, (await shell.RunAsync(command, Cancel)).ExitCode);

        var merged = new ComponentState([.. Directory.GetFiles(folder.FullName).Select(path => new CapturedFile { Path = $"/etc/{Path.GetFileName(path)}", Kind = FileKind.File, Mode = 0, Content = File.ReadAllBytes(path) })], []);
        Assert.False(new AccountNeeds(shall, merged, 500).Any);
    }

    private Task<CommandResult> MergeAsync(params (string File, string Text)[] wanted) => shell.RunAsync(Command(wanted), Cancel);

    private RemoteCommand Command(params (string File, string Text)[] wanted) => AccountChange.CommandIn(folder.FullName, AccountChange.Rows(new ComponentState(
        [.. wanted.Select(file => new CapturedFile { Path = $"/etc/{file.File}", Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(file.Text) })], [])), new Platform { EnterpriseLinux = 7 });

    private void Has(string file, string text) => File.WriteAllText(Path.Combine(folder.FullName, file), text);

    private string Says(string file) => File.ReadAllText(Path.Combine(folder.FullName, file));
}
