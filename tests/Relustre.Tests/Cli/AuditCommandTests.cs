using System.Text.Json;
using System.Xml.Linq;

namespace Relustre.Tests.Cli;

/// <summary>An audit through the command line: what is shown, what is written, and how it ends.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_server_as_it_should_be_is_no_finding_even_when_its_files_were_touched()
    {
        await MakeSiteAsync();
        cli.Folder.Shell("touch tree/etc/*; printf '# a comment\\nLABEL=root   /  xfs  defaults 0 0\\n' > tree/etc/fstab");

        Assert.Equal(0, await RunAsync("audit"));
        Assert.StartsWith("oss1: as it should be", cli.Output);
    }

    [Fact]
    public async Task What_has_changed_is_shown_also_as_text_but_never_a_secret()
    {
        await MakeDriftAsync();

        Assert.Equal(20, await RunAsync("audit", "--text"));
        Assert.Contains("--- oss1 /etc/fstab  ", cli.Output);
        Assert.Contains("\n+++ oss1 /etc/fstab  now\n@@ -1 +1,2 @@\n LABEL=root / xfs defaults 0 0\n+LABEL=more /more xfs defaults 0 0\n", cli.Output);
        Assert.Contains("/etc/shadow", cli.Output);
        Assert.Contains("(secret: contents differ)", cli.Output);
        Assert.DoesNotContain("S3CRET", cli.All);
        Assert.Equal(20, await RunAsync("audit", "--text", "--json"));
        Assert.DoesNotContain("S3CRET", cli.All);
        Assert.Contains(Json().GetProperty("servers")[0].GetProperty("texts").EnumerateArray(), text => text.GetProperty("place").GetString() == "/etc/fstab");
    }

    // A password under a keyword that only its program knows, then with a byte lost before, after and within its name.
    [Theory]
    [InlineData("crypto p\u0001 S3CRET88")]
    [InlineData("rypto pw S3CRET88")]
    [InlineData("crypt\\no pw\\nS3CRET88")]
    [InlineData("crypto pw S3CRET8")]
    public async Task A_secret_in_a_damaged_file_is_not_shown_as_text_either(string damaged)
    {
        await MakeSiteAsync();
        cli.Folder.Write("tree/etc/ntp.conf", "server adm iburst\ncrypto pw S3CRET88\n");
        Assert.Equal(0, await RunAsync("backup"));
        await RunAsync("snapshots", "--json");
        var first = Json().EnumerateArray().Last().GetProperty("id").GetString()!;
        cli.Folder.Shell($"printf 'server adm iburst\\n{damaged}\\n' > tree/etc/ntp.conf");

        Assert.Equal(20, await RunAsync("audit", "--text", "--html", "a.html"));
        Assert.Contains("/etc/ntp.conf", cli.Output);
        Assert.DoesNotContain("S3CRET", cli.All + File.ReadAllText(cli.Folder["a.html"]));
        Assert.Equal(0, await RunAsync("backup"));
        Assert.Equal(20, await RunAsync("diff", first, "oss1", "--text"));
        Assert.Contains("(secret: contents differ)", cli.Output);
        Assert.DoesNotContain("S3CRET", cli.All);
    }

    [Fact]
    public async Task A_site_that_adds_a_whole_folder_hears_of_each_change_once()
    {
        await MakeSiteAsync();
        File.AppendAllText(cli.Folder["site/site.yaml"], "paths:\n  - /etc/**\n");
        cli.Folder.Write("tree/etc/own.conf", "one\n");
        Assert.Equal(0, await RunAsync("backup"));
        cli.Folder.Shell("echo '# a comment' >> tree/etc/fstab");
        Assert.Equal(0, await RunAsync("audit"));

        cli.Folder.Shell("echo 'LABEL=more /more xfs defaults 0 0' >> tree/etc/fstab; echo two > tree/etc/own.conf");

        Assert.Equal(20, await RunAsync("audit", "--json"));
        Assert.Equal(["file-system-layout", "site-files"],
            Json().GetProperty("servers")[0].GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("component").GetString()!).Order());
    }

    [Fact]
    public async Task A_changed_cluster_whose_consequence_nobody_can_tell_says_so_to_programs()
    {
        const string cib = """<cib epoch="1"><configuration><crm_config><cluster_property_set id="s"><nvpair id="p" name="no-quorum-policy" value="{0}"/></cluster_property_set></crm_config></configuration></cib>""";
        await MakeSiteAsync();
        cli.Folder.Write("tree/var/lib/pacemaker/cib/cib.xml", cib.Replace("{0}", "stop", StringComparison.Ordinal));
        Assert.Equal(0, await RunAsync("backup"));
        cli.Folder.Write("tree/var/lib/pacemaker/cib/cib.xml", cib.Replace("{0}", "ignore", StringComparison.Ordinal));

        Assert.Equal(20, await RunAsync("audit", "--json", "--component", "pacemaker"));

        var finding = Assert.Single(Json().GetProperty("servers")[0].GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("setting").GetString()!.Contains("no-quorum-policy", StringComparison.Ordinal));
        Assert.Equal("no CIB of a running cluster was backed up, so nobody knows what ran where", finding.GetProperty("unpredicted").GetString());
        Assert.False(finding.TryGetProperty("consequence", out _));
    }

    [Fact]
    public async Task Two_runs_print_the_same()
    {
        await MakeDriftAsync();
        await RunAsync("audit");
        var first = cli.Output;

        await RunAsync("audit");

        Assert.Equal(first, cli.Output);
    }

    [Fact]
    public async Task The_exit_code_depends_on_the_risk_and_the_component_that_were_asked_for()
    {
        await MakeDriftAsync();

        Assert.Equal(20, await RunAsync("audit"));
        Assert.Equal(0, await RunAsync("audit", "--fail-on", "data"));
        Assert.Contains("finding", cli.Output);
        Assert.Equal(20, await RunAsync("audit", "--component", "file-system-layout"));
        Assert.Equal(0, await RunAsync("audit", "--component", "lnet"));
        Assert.Equal(20, await RunAsync("audit", "--risk", "data-at-risk"));
        Assert.Contains("below --risk not shown", cli.Output);
        Assert.DoesNotContain("/etc/fstab", cli.Output);
    }

    [Fact]
    public async Task Reports_are_written_beside_the_output_for_their_owner_only()
    {
        await MakeDriftAsync();

        Assert.Equal(20, await RunAsync("audit", "--sarif", "a.sarif", "--junit", "a.xml", "--html", "a.html"));

        Assert.Contains("oss1: 2 findings", cli.Output);
        foreach (var name in new[] { "a.sarif", "a.xml", "a.html" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cli.Folder[name]));
            Assert.DoesNotContain("S3CRET", File.ReadAllText(cli.Folder[name]));
            Assert.Contains("/etc/fstab", File.ReadAllText(cli.Folder[name]));
        }
        Assert.Equal(2, XDocument.Load(cli.Folder["a.xml"]).Descendants("failure").Count());
        Assert.Equal(3, Directory.GetFiles(cli.Folder.Path, "a.*").Length);
    }

    [Fact]
    public async Task A_report_on_standard_output_is_alone_there()
    {
        await MakeDriftAsync();

        Assert.Equal(20, await RunAsync("audit", "--sarif", "-"));
        Assert.Equal("2.1.0", Json().GetProperty("version").GetString());
        Assert.Equal(20, await RunAsync("audit", "--junit", "-"));
        Assert.Equal("testsuites", XDocument.Parse(cli.Output).Root!.Name.LocalName);
        Assert.Equal(2, await RunAsync("audit", "--json", "--html", "-"));
        Assert.Contains("only one answer", cli.Error);
        Assert.Equal(2, await RunAsync("audit", "--sarif", "nowhere/a.sarif"));
        Assert.Contains("there is no folder", cli.Error);
    }

    [Fact]
    public async Task A_snapshot_is_audited_as_the_server_is()
    {
        await MakeDriftAsync();
        await RunAsync("snapshots", "--json");
        var first = Json()[0].GetProperty("id").GetString()!;
        await RunAsync("backup");

        Assert.Equal(20, await RunAsync("audit", "--snapshot", first));
        Assert.Contains("/etc/fstab", cli.Output);
        Assert.Equal(0, await RunAsync("audit", "--snapshot", "oss1"));
        Assert.Equal(20, await RunAsync("diff", first, "oss1", "--text", "--html", "d.html"));
        Assert.Contains("+LABEL=more /more", cli.Output);
        Assert.Equal(2, await RunAsync("audit", "oss1", "--snapshot", first));
    }

    [Fact]
    public async Task What_is_mistyped_is_named_with_what_was_meant()
    {
        await MakeSiteAsync();

        Assert.Equal(2, await RunAsync("audit", "--fail-on", "recoverry-at-risk"));
        Assert.Contains("did you mean 'recovery-at-risk'?", cli.Error);
        Assert.Equal(2, await RunAsync("audit", "--component", "corosinc"));
        Assert.Contains("did you mean 'corosync'?", cli.Error);
        Assert.Equal(2, await RunAsync("audit", "--componnent", "corosync"));
        Assert.Contains("unknown option '--componnent'; did you mean '--component'?", cli.Error);
        Assert.Equal(2, await RunAsync("audit", "os1"));
        Assert.Contains("oss1", cli.Error);
    }

    [Fact]
    public async Task A_server_that_was_not_seen_is_told_and_spoils_no_other()
    {
        await MakeDriftAsync();
        await RunAsync("host", "add", "gone", "--root", "nowhere");

        Assert.Equal(3, await RunAsync("audit", "--junit", "a.xml"));
        Assert.Contains("gone: NOT AUDITED: ", cli.Output);
        Assert.Contains("oss1: 2 findings", cli.Output);
        Assert.Contains("FAILED", cli.Error);
        Assert.Single(XDocument.Load(cli.Folder["a.xml"]).Descendants("error"));
        Assert.Equal(1, await RunAsync("audit", "gone"));
    }

    private async Task MakeDriftAsync()
    {
        await MakeSiteAsync();
        cli.Folder.Shell("echo 'LABEL=more /more xfs defaults 0 0' >> tree/etc/fstab; echo 'root:$6$S3CRET2$hash:19000:0:99999:7:::' > tree/etc/shadow");
    }

    private async Task MakeSiteAsync()
    {
        cli.Folder.Write("tree/etc/fstab", "LABEL=root / xfs defaults 0 0\n");
        cli.Folder.Write("tree/etc/hostname", "oss1\n");
        cli.Folder.Write("tree/etc/shadow", "root:$6$S3CRET$hash:19000:0:99999:7:::\n");
        Assert.Equal(0, await cli.RunAsync("init", "--site", "site"));
        Assert.Equal(0, await RunAsync("host", "add", "oss1", "--root", "tree"));
        await RunAsync("host", "remove", "localhost");
        Assert.Equal(0, await RunAsync("backup"));
    }

    private Task<int> RunAsync(params IReadOnlyList<string> arguments) => cli.RunAsync(["--site", "site", .. arguments]);

    private JsonElement Json() => JsonDocument.Parse(cli.Output).RootElement;
}
