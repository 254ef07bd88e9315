using System.Text;
using System.Text.RegularExpressions;
using Relustre.Capture;

namespace Relustre.Tests.Operations;

/// <summary>
/// Servers that are ill, or in somebody else's hands, in one sweep with a healthy one: an ssh of the test's own answers in their name.
/// </summary>
public sealed class BadServersTests : IClassFixture<BadServersTests.Sweep>
{
    private static readonly string Hello = $"relustre collector {CollectorScript.Protocol} 0123456789abcdef\\nclock 1700000000.5\\nuser 0\\nscratch tmpfs\\nsystem Linux\\nready\\n";

    private readonly Sweep sweep;

    public BadServersTests(Sweep sweep) => this.sweep = sweep;

    /// <summary>What each does, as shell, and what is said of it.</summary>
    public static TheoryData<string, string, string> Servers => new()
    {
        { "reset", "echo 'kex_exchange_identification: read: Connection reset by peer' >&2; exit 255", "Connection reset by peer" },
        { "vanishes", $"printf '{Hello}'; echo 'Connection to vanishes closed by remote host.' >&2; exit 255", "lost in the middle" },
        { "changed", "echo '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @' >&2; exit 255", "ssh-keygen -R changed" },
        { "hangs", "exec sleep 1000", "was silent for 10 seconds" },
        { "hangs-later", $"{Greeting}; exec sleep 1000", "was silent for 10 seconds" },
        { "flood", "exec yes", "talks without end" },
        { "zeros", $"{Greeting}; exec cat /dev/zero", "" },
        { "tarflood", $"{Greeting}; {Folders}; {Entry("f 644 ", "./etc/hosts")}; {EndOfList}; read -r want; printf 'tar\\n'; exec tar cf - --no-recursion -C \"$(dirname \"$0\")/../huge\" ./etc/hosts", "more than 20 MiB" },
        { "many", $"{Greeting}; seq 1000000 | while read -r n; do {Entry("f 644 ", "./etc/$n")}; done", "more than 2000 entries" },
        { "climbs", $"{Greeting}; {Entry("f 644 ", "./../etc/shadow")}; {EndOfList}", "none below its root" },
        { "absolute", $"{Greeting}; {Entry("f 644 ", "/etc/shadow")}; {EndOfList}", "none below its root" },
        { "escapes", $"{Greeting}; {Entry("f 644 ", "./etc/../\\033[31m")}; {EndOfList}", "none below its root" },
        { "no-tar", $"{Greeting}; {Folders}; {Entry("f 644 ", "./etc/hosts")}; {EndOfList}; read -r want; printf 'tar\\n'; yes | head -c 20480", "not a sound tar stream" },
        { "ends", $"{Greeting}; {Entry("f 644 ", "./etc/hosts")}", "" },
        { "refuses", $"printf 'relustre collector {CollectorScript.Protocol} x\\nerror no \\033]0;title\\007 space\\n'", "space" },
    };

    private static string Folders => $"{Entry("d 755 ", ".")}; {Entry("d 755 ", "./etc")}";

    private static string Greeting => $"printf '{Hello}'; read -r list";

    private static string EndOfList => "printf '.\\0\\0'";

    private static string Entry(string kind, string path) => $"printf '{kind}0 0 1 1700000000.0 1700000000.0 1 2049 7\\0{path}\\0\\0'".Replace("$n", "'\"$n\"'", StringComparison.Ordinal);

    [Theory, MemberData(nameof(Servers))]
    public void A_bad_server_is_named_with_its_cause_and_spoils_nothing(string host, string does, string said)
    {
        Assert.NotEmpty(does);
        var line = Assert.Single(sweep.Output.Split('\n'), line => line.StartsWith($"{host}: ", StringComparison.Ordinal));

        Assert.Contains("FAILED", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", line, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"[\x00-\x1f\x7f-\x9f]"), line);
    }

    [Fact]
    public void The_healthy_ones_are_stored_and_the_exit_code_tells_that_some_failed()
    {
        Assert.Equal(3, sweep.Code);
        Assert.Contains("healthy: new snapshot", sweep.Output, StringComparison.Ordinal);
        Assert.Contains("sparse: new snapshot", sweep.Output, StringComparison.Ordinal);
        Assert.Contains("sparse: /etc/cron.d/huge: is 107374182400 bytes, more than the limit", sweep.Error, StringComparison.Ordinal);
        sweep.Program.AssertWhole(snapshots: 2);
        Assert.Empty(Directory.GetFiles(Path.Combine(sweep.Program.Vault, "locks")));
    }

    /// <summary>One sweep over all of them, since each that hangs costs its ten seconds.</summary>
    public sealed class Sweep : IDisposable
    {
        public Sweep()
        {
            Program.WithSite("healthy", "sparse");
            Program.Folder.Shell("mkdir -p sparse/etc/cron.d; truncate -s 100G sparse/etc/cron.d/huge; mkdir -p huge/etc; truncate -s 10G huge/etc/hosts");
            var ssh = new StringBuilder("#!/bin/bash\nfor last; do host=$before; before=$last; done\ncase $host in\n");
            var site = new StringBuilder("vault: vault\nparallel: 64\nlimits: { silence: 10, total-size: 20M, files: 2000 }\nhosts:\n");
            foreach (var row in Servers)
            {
                var (host, does, _) = row.Data;
                ssh.Append($"  {host}) {does} ;;\n");
                site.Append($"  - name: {host}\n");
            }
            foreach (var tree in (string[])["healthy", "sparse"])
                site.Append($"  - {{ name: {tree}, root: {Program.Folder[tree]} }}\n");
            Program.Folder.Write("bin/ssh", ssh.Append("esac\n").ToString());
            Program.Folder.Shell("chmod +x bin/ssh");
            Program.Folder.Write("site/site.yaml", site.ToString());
            (Code, Output, Error) = Program.Run("backup");
        }

        internal BuiltProgram Program { get; } = new();

        public int Code { get; }

        public string Output { get; }

        public string Error { get; }

        public void Dispose() => Program.Dispose();
    }
}
