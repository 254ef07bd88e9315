using System.Diagnostics;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every command that runs as root on a server: tried in real shells, on this machine.</summary>
public class ToolLaws
{
    private static readonly string[] Shells = ["dash", "bash --posix", "busybox sh", "ksh"];

    private static readonly Dictionary<string, Source.Tool> Tools = (
        from component in Catalogue.BuiltIn.Components
        from tool in component.Sources.OfType<Source.Tool>()
        select (Name: $"{component.Name}/{tool.Name}", Tool: tool)).ToDictionary(named => named.Name, named => named.Tool);

    public static TheoryData<string> Names => new(Tools.Keys);

    [Fact]
    public void Every_shell_understands_every_command_and_filter()
    {
        var script = string.Join('\n', Tools.Values.Select(tool => $"({tool.Command}) | {tool.Filter ?? "cat"}"));

        Assert.All(Shells, shell => Assert.Equal((0, ""), Run(shell, ["-n"], script)));
    }

    [Theory, MemberData(nameof(Names))]
    public void An_unchanged_server_gives_the_same_answer_twice(string name)
    {
        var first = Answer(Tools[name], root: "");

        Assert.Equal(first, Answer(Tools[name], root: ""));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_tree_that_has_nothing_of_it_stays_as_empty_as_it_was(string name)
    {
        if (!Tools[name].WorksOnTree)
            return;
        var root = Directory.CreateTempSubdirectory("relustre-tree");
        try
        {
            Answer(Tools[name], root.FullName);

            Assert.Empty(root.EnumerateFileSystemInfos());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    // A filter that cannot read its input would silently leave nothing.
    [Theory, MemberData(nameof(Names))]
    public void A_filter_is_no_failure(string name)
    {
        var filter = Tools[name].Filter;

        Assert.All(filter is null ? [] : Shells, shell => Assert.True(Run(shell, [], $"printf 'a b\\n' | {{ {filter}; }}").Code is 0 or 1));
    }

    // The collector does not start it for that.
    [Fact]
    public void Of_nothing_a_filter_makes_nothing() =>
        Assert.All(Tools, named => Assert.Equal("", Run("dash", [], $"printf '' | {{ {named.Value.Filter ?? "cat"}; }}").Output));

    private static string Answer(Source.Tool tool, string root) => Run(
        "dash", [], $"for need in {tool.Needs}; do [ -e $need ] || command -v $need >/dev/null || exit 0; done; root='{root}'; ({tool.Command}) 2>/dev/null | {tool.Filter ?? "cat"}").Output;

    private static (int Code, string Output) Run(string shell, string[] arguments, string script)
    {
        var words = shell.Split(' ');
        var start = new ProcessStartInfo(words[0], [.. words[1..], .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardInput.Write(script + "\n");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
