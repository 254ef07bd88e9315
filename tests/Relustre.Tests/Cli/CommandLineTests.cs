namespace Relustre.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("hots", "unknown command 'hots'; did you mean 'host'?")]
    [InlineData("bakup mds1", "unknown command 'bakup'")]
    [InlineData("host lst", "unknown command 'lst'; did you mean 'list'?")]
    [InlineData("host list --jsn", "unknown option '--jsn'; did you mean '--json'?")]
    [InlineData("host add", "NAME is missing")]
    [InlineData("host", "(one of: add, remove, list)")]
    [InlineData("host add a --port ssh", "--port: 'ssh' is not a number")]
    [InlineData("host list extra", "'extra' is one argument too many")]
    [InlineData("completion tcsh", "'tcsh' not recognized")]
    [InlineData("man bakcup", "there is no command 'bakcup'")]
    public async Task A_mistyped_line_does_nothing_says_what_was_meant_and_ends_with_2(string line, string message)
    {
        Assert.Equal(2, await cli.RunAsync(line.Split(' ')));

        Assert.Contains(message, cli.Error);
        Assert.Empty(cli.Output);
    }

    [Fact]
    public async Task Nothing_typed_is_answered_with_help()
    {
        Assert.Equal(0, await cli.RunAsync());

        Assert.Contains("Start here:", cli.Output);
        Assert.Empty(cli.Error);
    }

    [Fact]
    public async Task An_argument_that_starts_with_an_at_sign_is_no_file_to_be_read()
    {
        cli.Folder.Write("words", "host list");

        Assert.Equal(2, await cli.RunAsync($"@{cli.Folder["words"]}"));
    }

    [Fact]
    public async Task No_site_is_exit_code_10_with_the_way_to_make_one()
    {
        Assert.Equal(10, await cli.RunAsync("--site", cli.Folder.Path, "host", "list"));

        Assert.Contains("relustre init", cli.Error);
    }

    [Fact]
    public async Task Servers_come_are_listed_and_go()
    {
        cli.Folder.Write("site.yaml", "# mine\nhosts:\n");

        Assert.Equal(0, await cli.RunAsync("host", "add", "mds1", "--address", "10.0.0.1", "--pair", "mds", "--sudo", "--user", "backup"));
        Assert.Equal(0, await cli.RunAsync("host", "add", "img", "--root", "tree"));
        Assert.Equal(0, await cli.RunAsync("host", "list"));
        Assert.Equal(
            $"""
            NAME  PAIR  REACHED BY{new string(' ', cli.Folder.Path.Length + 7)}AS
            mds1  mds   ssh 10.0.0.1{new string(' ', cli.Folder.Path.Length + 5)}backup (sudo)
            img         file tree {cli.Folder.Path}/tree

            """, cli.Output);
        Assert.Equal(0, await cli.RunAsync("host", "list", "--names"));
        Assert.Equal("mds1\nimg\n", cli.Output);
        Assert.Equal(0, await cli.RunAsync("host", "list", "--json"));
        Assert.StartsWith("[{\"name\":\"mds1\",\"pair\":\"mds\",\"address\":\"10.0.0.1\",\"user\":\"backup\",\"sudo\":true", cli.Output);
        Assert.Equal(0, await cli.RunAsync("host", "remove", "mds1"));
        Assert.Equal(0, await cli.RunAsync("host", "remove", "img", "--json"));
        Assert.Equal("{\"removed\":\"img\"}\n", cli.Output);
        Assert.Equal("# mine\nhosts:\n", File.ReadAllText(cli.Folder["site.yaml"]));
    }

    [Theory]
    [InlineData("host add -x", 1)]
    [InlineData("host add a --address=-oProxyCommand=x", 1)]
    [InlineData("host add a/b", 1)]
    [InlineData("host add a --port 70000", 1)]
    [InlineData("host remove mds", 2)]
    public async Task A_server_that_cannot_be_is_refused_and_the_file_stays(string line, int code)
    {
        cli.Folder.Write("site.yaml", "hosts: [{name: mds1}]\n");

        Assert.Equal(code, await cli.RunAsync(line.Split(' ')));

        Assert.Equal("hosts: [{name: mds1}]\n", File.ReadAllText(cli.Folder["site.yaml"]));
        Assert.NotEmpty(cli.Error);
    }

    [Fact]
    public async Task Hostile_words_come_back_escaped()
    {
        cli.Folder.Write("site.yaml", "valt\e[2J: x\n'\e]0;title\a': 3\n");

        await cli.RunAsync("host", "list", "\e[31m");
        Assert.DoesNotContain('\e', cli.All);
        await cli.RunAsync("host", "list");
        Assert.DoesNotContain('\e', cli.All);
        Assert.Contains(":1:", cli.Error);
    }

    [Fact]
    public async Task Colours_and_boxes_are_for_terminals_that_want_them()
    {
        using var terminal = new CliRun { IsTerminal = true };
        terminal.Folder.Write("site.yaml", "hosts: [{name: mds1}]\n");

        await terminal.RunAsync("host", "list");
        Assert.Contains("\e[", terminal.Output);
        Assert.Contains('╭', terminal.Output);
        await terminal.RunAsync("host", "list", "--no-color");
        Assert.DoesNotContain("\e[38", terminal.Output);
        terminal.Environment["NO_COLOR"] = "1";
        await terminal.RunAsync("host", "list");
        Assert.DoesNotContain("\e[38", terminal.Output);
    }
}
