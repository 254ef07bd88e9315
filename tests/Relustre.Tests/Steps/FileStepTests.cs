using System.Text;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Steps;

namespace Relustre.Tests.Steps;

/// <summary>Steps that change files, in this machine's own shell.</summary>
public sealed class FileStepTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-steps");
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("plain")]
    [InlineData("with space and 'quotes' and $(touch x)")]
    [InlineData("-n")]
    [InlineData("a\nb")]
    public async Task A_file_goes_in_whole_with_its_mode_whatever_its_name(string name)
    {
        var file = FileAt($"new/{name}", "content\0with any byte\xE9");

        Assert.Equal((0, ""), await DoAsync(new WriteFile(file)));
        Assert.Equal((0, ""), await DoAsync(new WriteFile(file)));

        Assert.Equal(file.Content.ToArray(), await File.ReadAllBytesAsync(file.Path, Cancel));
        Assert.Equal((UnixFileMode)0x1A0, File.GetUnixFileMode(file.Path));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(file.Path)!));
    }

    [Fact]
    public async Task A_file_that_is_as_it_shall_be_is_not_touched()
    {
        var file = FileAt("file", "content");
        await DoAsync(new WriteFile(file));
        File.SetLastWriteTimeUtc(file.Path, DateTime.UnixEpoch);

        Assert.Equal((0, ""), await DoAsync(new WriteFile(file)));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file.Path));

        await DoAsync(new WriteFile(file with { Mode = 0x180 }));
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file.Path));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(file.Path));
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    [InlineData("ksh")]
    [InlineData("busybox sh")]
    public async Task Every_shell_writes_a_file_and_leaves_it_alone_then(string name)
    {
        if ((await shell.RunAsync(new("sh", "-c", $"{name} -c true"), Cancel)).ExitCode != 0)
            Assert.Skip($"{name} is not here");
        var file = FileAt("file", "content");
        var command = new WriteFile(file with { Attributes = [new("user.note", "x"u8.ToArray())] }).On(new Platform());
        command = new RemoteCommand([.. name.Split(' '), .. command.Arguments.Skip(1)]) { Input = command.Input };

        Assert.Equal((0, ""), await RunAsync(command));
        File.SetLastWriteTimeUtc(file.Path, DateTime.UnixEpoch);
        Assert.Equal((0, ""), await RunAsync(command));

        Assert.Equal("content", await File.ReadAllTextAsync(file.Path, Cancel));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file.Path));
    }

    [Fact]
    public async Task What_its_program_refuses_does_not_become_real()
    {
        await File.WriteAllTextAsync(PathOf("file"), "old", Cancel);

        var (code, output) = await DoAsync(new WriteFile(FileAt("file", "new")) { Verifier = "grep -q old" });
        var (unknown, _) = await DoAsync(new WriteFile(FileAt("file", "newer")) { Verifier = "no-such-program -c" });

        Assert.Equal((76, 0), (code, unknown));
        Assert.Contains("grep -q old refuses", output, StringComparison.Ordinal);
        Assert.Equal("newer", await File.ReadAllTextAsync(PathOf("file"), Cancel));
    }

    [Fact]
    public async Task An_access_list_that_was_not_there_goes_again()
    {
        var file = FileAt("file", "content");
        await DoAsync(new WriteFile(file));
        if ((await shell.RunAsync(new("setfacl", "-m", "u:12345:r", file.Path), Cancel)).ExitCode != 0)
            Assert.Skip("this file system has no access control lists");

        Assert.Equal((0, ""), await DoAsync(new WriteFile(file)));

        Assert.DoesNotContain("12345", (await shell.RunAsync(new("getfacl", "-n", file.Path), Cancel)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_lists_and_attributes_come_back_beside_the_content()
    {
        byte[] list = [2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 0x39, 0x30, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255, 0x10, 0, 4, 0, 255, 255, 255, 255, 0x20, 0, 0, 0, 255, 255, 255, 255];
        var file = FileAt("file", "content") with
        {
            Attributes = [new("system.posix_acl_access", list), new("user.note", "seen here"u8.ToArray())],
        };

        Assert.Equal((0, ""), await DoAsync(new WriteFile(file)));

        Assert.Equal("content", await File.ReadAllTextAsync(file.Path, Cancel));
        Assert.Equal("u::rw-,u:12345:r--,g::r--,m::r--,o::---", PosixAcl.TextOf(list));
        Assert.DoesNotContain("seen here", string.Join(' ', new WriteFile(file).On(new Platform()).Arguments), StringComparison.Ordinal);
        var seen = (await shell.RunAsync(new("getfacl", "-n", "-p", file.Path), Cancel)).Output;
        if (!seen.Contains("user:12345:r--", StringComparison.Ordinal))
            Assert.Skip($"this file system has no access control lists: {seen}");
        File.SetLastWriteTimeUtc(file.Path, DateTime.UnixEpoch);
        Assert.Equal((0, ""), await DoAsync(new WriteFile(file)));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file.Path));
    }

    [Fact]
    public async Task A_link_is_replaced_and_not_followed()
    {
        var target = FileAt("target", "precious");
        await File.WriteAllTextAsync(target.Path, "precious", Cancel);
        File.CreateSymbolicLink(PathOf("link"), target.Path);

        Assert.Equal((0, ""), await DoAsync(new WriteFile(FileAt("link", "new"))));

        Assert.Equal("precious", await File.ReadAllTextAsync(target.Path, Cancel));
        Assert.Equal("new", await File.ReadAllTextAsync(PathOf("link"), Cancel));
    }

    [Fact]
    public async Task Content_that_did_not_arrive_whole_changes_nothing()
    {
        var step = new WriteFile(FileAt("file", "the whole content"));
        await File.WriteAllTextAsync(PathOf("file"), "old", Cancel);
        var cut = step.On(new Platform()) with { Input = "the who"u8.ToArray() };

        var result = await shell.RunAsync(cut, Cancel);

        Assert.Equal(75, result.ExitCode);
        Assert.Equal("old", await File.ReadAllTextAsync(PathOf("file"), Cancel));
        Assert.Single(Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public async Task An_owner_that_the_server_lacks_is_a_failure_that_says_so()
    {
        var result = await shell.RunAsync(new WriteFile(FileAt("file", "x") with { User = "nobody-of-that-name" }).On(new Platform()), Cancel);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("nobody-of-that-name", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("file")));
    }

    [Fact]
    public async Task Links_and_folders_are_made_once()
    {
        var link = FileAt("sub/link", "") with { Kind = FileKind.Symlink, LinkTarget = "../else where" };
        var made = FileAt("sub/folder", "") with { Kind = FileKind.Directory, Mode = 0x1C0 };

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal((0, ""), await DoAsync(new MakeLink(link)));
            Assert.Equal((0, ""), await DoAsync(new MakeFolder(made)));
        }

        Assert.Equal("../else where", new FileInfo(link.Path).LinkTarget);
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(made.Path));
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_a_folder_with_something_in_it_stays()
    {
        await File.WriteAllTextAsync(PathOf("file"), "x", Cancel);
        Directory.CreateDirectory(PathOf("full/inner"));

        Assert.Equal((0, ""), await DoAsync(new RemoveFile(PathOf("file"), IsFolder: false)));
        Assert.Equal((0, ""), await DoAsync(new RemoveFile(PathOf("file"), IsFolder: false)));
        Assert.Equal((0, ""), await DoAsync(new RemoveFile(PathOf("full"), IsFolder: true)));

        Assert.Equal([PathOf("full")], Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_a_failure_and_a_code_is_passed_on()
    {
        Assert.Equal(7, (await shell.RunAsync(new("sh", "-c", "echo seven; exit 7"), Cancel)).ExitCode);
        Assert.Equal(124, (await shell.RunAsync(new("sleep", "100") { TimeLimit = 1 }, Cancel)).ExitCode);
        Assert.Equal(127, (await shell.RunAsync(new("no-such-program"), Cancel)).ExitCode);
    }

    private Task<(int Code, string Output)> DoAsync(RestoreStep step) => RunAsync(step.On(new Platform()));

    private async Task<(int Code, string Output)> RunAsync(RemoteCommand command)
    {
        var result = await shell.RunAsync(command, Cancel);
        return (result.ExitCode, result.Output);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private CapturedFile FileAt(string name, string content) => new()
    {
        Path = PathOf(name),
        Kind = FileKind.File,
        Mode = 0x1A0,
        User = Environment.UserName,
        Content = Encoding.Latin1.GetBytes(content),
        GroupId = 0,
    };
}
