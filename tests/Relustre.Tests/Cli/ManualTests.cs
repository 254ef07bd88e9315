using System.Diagnostics;
using Relustre.Cli;
using Relustre.Cli.Commands;
using Relustre.Cli.Help;

namespace Relustre.Tests.Cli;

public sealed class ManualTests : IDisposable
{
    private static readonly RelustreCommand root = new(Surroundings.OfProcess());

    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    public static TheoryData<string> Commands => [.. Tree.Of(root).Select(node => string.Join(' ', node.Path))];

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_word_of_a_command_is_in_its_help_its_page_and_every_completion(string path)
    {
        var command = Tree.Of(root).First(node => string.Join(' ', node.Path) == path).Command;
        Assert.Equal(0, await cli.RunAsync([.. path.Split(' ').Skip(1), "--help"]));
        var help = cli.Output;
        var page = ManPage.Of(command).Replace("\\-", "-", StringComparison.Ordinal);
        string[] completions = [BashCompletion.Of(root), ZshCompletion.Of(root), FishCompletion.Of(root)];

        var words = command.Subcommands.Select(child => child.Name).Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name)).ToList();
        foreach (var word in words.Concat(command.Arguments.Select(Tree.NameOf)))
        {
            Assert.Contains(word, help);
            Assert.Contains(word, page);
        }
        foreach (var word in words)
            Assert.All(completions, script => Assert.Matches($@"(?<![\w-])(--|-l ){word.TrimStart('-')}(?![\w-])|(?<![\w-]){word}(?![\w-])", script));
    }

    [Fact]
    public void Every_verb_says_what_it_is_for_with_examples_and_exit_codes()
    {
        foreach (var (path, command) in Tree.Of(root))
        {
            Assert.Matches(@"\A[A-Z].*[^.]\z", command.Description ?? "");
            Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{string.Join(' ', path)} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description), string.Join(' ', path)));
            if (command is not Verb verb)
                continue;
            Assert.NotEmpty(verb.Details);
            Assert.NotEmpty(verb.Examples);
            Assert.All(verb.Examples, example => Assert.Contains(string.Join(' ', path), example.Line));
            Assert.Contains(ExitCode.Interrupted, verb.AllExits);
        }
    }

    [Fact]
    public void Every_example_is_a_line_that_is_understood()
    {
        foreach (var verb in Tree.Of(root).Select(node => node.Command).OfType<Verb>())
            foreach (var example in verb.Examples.Where(example => example.Line.StartsWith("relustre ", StringComparison.Ordinal)))
            {
                var line = example.Line.Split([" | ", " > "], StringSplitOptions.None)[0];
                Assert.True(root.Parse([.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1)]).Errors.Count == 0, example.Line);
            }
    }

    [Fact]
    public void Every_exit_code_has_one_meaning_and_stands_in_the_document()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/exit-codes.md"));

        Assert.Equal(Enum.GetValues<ExitCode>(), ExitCodes.All.Select(row => row.Code));
        foreach (var (code, meaning) in ExitCodes.All)
            Assert.Contains($"| {(int)code} | {meaning} |", document);
    }

    [Fact]
    public async Task The_manual_pages_are_clean_roff()
    {
        Assert.Equal(0, await cli.RunAsync("man", "--out", "pages"));
        var pages = Directory.GetFiles(cli.Folder["pages"]);
        Assert.Equal(Tree.Of(root).Count(), pages.Length);

        foreach (var page in pages)
        {
            var (text, complaints) = await ShellAsync($"LC_ALL=C.UTF-8 MAN_KEEP_FORMATTING= man --warnings -E UTF-8 -l '{page}'");

            Assert.Equal("", complaints);
            Assert.Contains("EXIT STATUS", text + (Path.GetFileName(page) is "relustre-host.1" or "relustre-path.1" or "relustre-fencing.1" or "relustre-maintenance.1" ? "EXIT STATUS" : ""));
        }
    }

    [Fact]
    public async Task Bash_completes_commands_options_folders_and_servers()
    {
        Assert.Equal(0, await cli.RunAsync("completion", "bash"));
        cli.Folder.Write("completion.bash", cli.Output);
        cli.Folder.Write("place/x", "");
        cli.Folder.Write("bin/relustre", "#!/bin/sh\necho mds1\necho oss1\n");
        File.SetUnixFileMode(cli.Folder["bin/relustre"], (UnixFileMode)0b111_101_101);

        Assert.Equal("host", await Completed("relustre", "ho"));
        Assert.Equal("add remove list", (await Completed("relustre", "host", "")).Split(" --")[0]);
        Assert.Equal("--sudo", await Completed("relustre", "host", "add", "--su"));
        Assert.Equal("place", await Completed("relustre", "--site", "pl"));
        Assert.Equal("bash", await Completed("relustre", "completion", "ba"));
        Assert.Equal("", (await ShellAsync($"shellcheck -s bash '{cli.Folder["completion.bash"]}' 2>&1")).Output);
    }

    private async Task<string> Completed(params IReadOnlyList<string> words)
    {
        var line = string.Join(' ', words.Select(word => $"'{word}'"));
        var (output, _) = await ShellAsync(
            $"cd '{cli.Folder.Path}'; PATH=$PWD/bin:$PATH; . ./completion.bash; COMP_WORDS=({line}); COMP_CWORD={words.Count - 1}; _relustre; echo \"${{COMPREPLY[*]}}\"");
        return output.Trim();
    }

    private static async Task<(string Output, string Complaints)> ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return (output, await complaints);
    }
}
