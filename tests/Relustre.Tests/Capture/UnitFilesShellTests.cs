using CsCheck;
using Relustre.Capture;

namespace Relustre.Tests.Capture;

/// <summary>systemctl is asked about few units, and the answer is the one that it gives when it is asked about all.</summary>
public sealed class UnitFilesShellTests
{
    private static readonly Source.Tool Tool =
        CollectorScript.For(Catalogue.BuiltIn).Tools.Single(tool => tool.Component == "services" && tool.Tool.Name == "unit-files").Tool;

    private static readonly string[] Units =
        ["a.service", "a@.service", "a.socket", "b.service", "b@.service", "b-c.d.target", "default.target", "dev-x\\x2dy.mount", "two words.service", "no-unit", "line\n= b.service",
        "-.mount", "b@x.service", "a.service.rpmsave", ".a.service", "x.conf", "@.service"];

    // $u is a unit's name, $p the folder of those that came with packages.
    private static readonly string[] Things =
    [
        """put "$p/$u" "[Unit]" """,
        """put "$p/$u" "[Unit]\n[Install]\nWantedBy=default.target" """,
        """put "$p/$u" "[Unit]\n \t[Install] \nWantedBy=default.target" """,
        """put "$p/$u" "[Unit]\n[Install]" """,
        """put "$p/$u" "[Install]\nAlso=a.socket" """,
        """put "$p/$u" "[Install]\nAlias=a.service" """,
        """put "$p/$u" "" """,
        """put "$p/$u" "[Unit]\n[Install" """,
        """put "$p/$u" "[Unit]\n#[Install]\nDescription=[Install]" """,
        """put "$p/$u" "[Unit] # note" """,
        """put "$p/$u" "[Unit]\nDescription=\351t\351" """,
        """put "$p/$u" "\357\273\277[Install]\nWantedBy=default.target" """,
        """put "$p/$u" "[Unit]\r[Install]\rWantedBy=default.target" """,
        """put "$p/$u" "[Unit]\r\n[Install]\r\nWantedBy=default.target\r" """,
        """put "$p/$u" "[Unit]\n[" """,
        """link "$p/$u" /dev/null""",
        """link "$p/$u" b.service""",
        """link "$p/default.target.wants/$u" "../$u" """,
        """put "$p/$u.d/x.conf" "[Install]\nWantedBy=default.target" """,
        """put "$p/$u.d/x.conf" "[Unit]" """,
        """link "$e/$u" /dev/null""",
        """link "$e/$u" "/$p/$u" """,
        """link "$e/other.service" "/$p/$u" """,
        """put "opt/$u" "[Unit]"; link "$e/$u" "/opt/$u" """,
        """link "$e/default.target.wants/$u" "/$p/$u" """,
        """link "$e/default.target.requires/$u" "/nowhere/$u" """,
        """link "$e/default.target.wants/${u%@*}@x.service" "/$p/$u" """,
        """link "$e/default.target.wants/${u%@*}@x.service" "${u%@*}@x.service" """,
        """link "$e/$u.wants/a.service" "/$p/a.service" """,
        """put "$e/$u.d/x.conf" "[Install]\nWantedBy=default.target" """,
        """put "$e/$u" "[Unit]" """,
        """put "$e/$u" "" """,
        """put "run/systemd/generator/$u" "[Unit]" """,
        """link "run/systemd/system/$u" /dev/null""",
        """link "run/systemd/system/default.target.wants/$u" "/$p/$u" """,
        """put "usr/local/lib/systemd/system/$u" "[Unit]" """,
        """[ -L lib ] || put "lib/systemd/system/$u" "[Unit]" """,
        """[ -e lib ] || link lib usr/lib""",
        """put usr/lib/systemd/system-preset/0.preset "disable *" """,
    ];

    private static readonly Gen<(int Thing, int Unit)[]> Trees = Gen.Select(Gen.Int[0, Things.Length - 1], Gen.Int[0, Units.Length - 1]).Array[1, 24];

    [Fact]
    public void Of_any_tree_the_answer_is_systemctls_own() => HoldsIn("dash", trees: 200);

    [Theory]
    [InlineData("bash")]
    [InlineData("ksh")]
    [InlineData("busybox sh")]
    public void So_it_is_in_every_shell(string shell) => HoldsIn(shell, trees: 20);

    [Theory]
    [InlineData("bash")]
    [InlineData("busybox sh")]
    public void Of_this_machine_too(string shell)
    {
        using var folder = new TemporaryFolder();
        folder.Write("ask", Tool.Command);

        var ours = folder.Shell($"root=/ {shell} ask | {Tool.Filter}");

        Assert.Equal(folder.Shell($"systemctl --root=/ list-unit-files --no-legend --no-pager --full | {Tool.Filter}"), ours);
        Assert.Contains(" static", ours, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_asked_about_those_alone_that_may_not_be_static()
    {
        using var tree = Tree([(0, Of("a.service")), (1, Of("b.service")), (0, Of("b-c.d.target")), (Array.IndexOf(Things, """link "$e/default.target.wants/$u" "/$p/$u" """), Of("b-c.d.target")), (0, Of("default.target")),
            (Array.IndexOf(Things, """put "run/systemd/generator/$u" "[Unit]" """), Of("-.mount"))]);

        tree.Shell("root=$PWD; systemctl() { printf '%s\\n' \"$@\" >>asked; }; . ./ask");

        Assert.Equal(["-.mount", "b-c.d.target", "b.service", "default.target"], tree.Shell("sed '1,/^--$/d' asked | LC_ALL=C sort").TrimmedLines);
    }

    private static int Of(string unit) => Array.IndexOf(Units, unit);

    private static void HoldsIn(string shell, int trees) => Trees.Sample(
        things =>
        {
            using var tree = Tree(things);
            Assert.Equal(tree.Shell($"systemctl --root=$PWD list-unit-files --no-legend --no-pager --full | {Tool.Filter}"), tree.Shell($"root=$PWD {shell} ask | {Tool.Filter}"));
        },
        iter: trees, threads: 1);

    // A link of the tree may lead out of it, so nothing is written through one.
    private static TemporaryFolder Tree((int Thing, int Unit)[] things)
    {
        var tree = new TemporaryFolder();
        tree.Write("ask", Tool.Command);
        tree.Shell($$"""
            p=usr/lib/systemd/system e=etc/systemd/system
            put() { mkdir -p "${1%/*}"; rm -f "$1"; [ -z "$2" ] || printf "$2\n" >"$1"; [ -n "$2" ] || : >"$1"; }
            link() { case $1 in */*) mkdir -p "${1%/*}" ;; esac; rm -f "$1"; ln -s -- "$2" "$1"; }
            mkdir -p $p $e run/systemd/system
            {{string.Join('\n', things.Select(thing => $"u='{Units[thing.Unit]}'; {Things[thing.Thing]}"))}}
            """);
        return tree;
    }
}
