using Relustre.Audit;
using Relustre.Capture;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Tests.Capture;

/// <summary>The question after what no backup has, in every shell and against a server that lies.</summary>
public sealed class CoverageShellTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public CoverageShellTests() => folder.Shell("""
        mkdir -p etc/site etc/ssl/certs usr/local/sbin opt/app/etc root/.cache var/lib/dpkg/info var/spool/cron/crontabs
        echo as packaged >etc/known.conf; echo edited >etc/changed.conf; echo mine >etc/site/own.conf; ln -s known.conf etc/alias; echo fstab >etc/fstab
        echo x >etc/passwd-; echo x >etc/ssl/certs/a.pem; echo x >usr/local/sbin/hook; echo x >opt/app/etc/app.conf; echo x >root/.toolrc; echo x >root/.cache/x
        echo odd >"$(printf 'etc/two\nlines')"; printf 'x' >"etc/with space"; printf x >"$(printf 'etc/caf\351')"
        { printf 'Package: tool\nStatus: install ok installed\nConffiles:\n /etc/known.conf %s\n /etc/changed.conf %s\nDescription: x\n' \
            "$(md5sum <etc/known.conf | cut -d' ' -f1)" "$(echo original | md5sum | cut -d' ' -f1)"; } >var/lib/dpkg/status
        printf '/.\n/etc\n/etc/known.conf\n/etc/changed.conf\n/etc/alias\n' >var/lib/dpkg/info/tool:amd64.list
        """);

    public static TheoryData<string> Shells => ["dash", "busybox sh", "bash", "bash --posix", "ksh"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Shells))]
    public async Task Every_shell_finds_what_no_package_has_and_what_was_changed(string shell)
    {
        await using var connection = new LocalConnection(new Host("tree") { Root = folder.Path }, shell.Split(' '), CoverHost.Script, folder.Path);
        await using var stream = new SessionStream(connection, CaptureLimits.Default, TimeProvider.System);

        var lines = await HostQuestion.AskAsync(stream, new ScriptQuestion(CoverHost.Script, CoverHost.Greeting), Cancel);
        var report = new CoverageReading(lines).Report("tree", new CatalogueIndex(Catalogue.BuiltIn));

        Assert.Equal(
        [
            ("/etc/changed.conf", CoverageReason.Changed, "tool"),
            ("/etc/caf\uDCE9", CoverageReason.Unpackaged, null),
            ("/etc/site/own.conf", CoverageReason.Unpackaged, null),
            ("/etc/two", CoverageReason.Unpackaged, null),
            ("/etc/with space", CoverageReason.Unpackaged, null),
            ("/opt/app/etc/app.conf", CoverageReason.Unpackaged, null),
            ("/root/.toolrc", CoverageReason.Unpackaged, null),
            ("/usr/local/sbin/hook", CoverageReason.Unpackaged, (string?)null),
        ], report.Gaps.Select(gap => (gap.Path, gap.Reason, gap.Detail)));
        Assert.Equal((1, 3, true), (report.Captured, report.LeftOut, report.KnowsPackages));
    }

    [Fact]
    public void The_script_is_clean_by_shellcheck()
    {
        folder.Write("question", CoverHost.Script);

        Assert.Equal("", folder.Shell("shellcheck -s sh -S style question"));
    }

    [Fact]
    public async Task It_leaves_the_server_as_it_was()
    {
        var before = folder.Shell("find . -printf '%p %T@ %C@ %s\\n' | sort");

        await new CoverHost(new CatalogueIndex(Catalogue.BuiltIn), CaptureLimits.Default, TimeProvider.System).RunAsync(new Host("tree") { Root = folder.Path }, Cancel);

        Assert.Equal(before, folder.Shell("find . -printf '%p %T@ %C@ %s\\n' | sort"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("relustre coverage 1\nf\t./etc/x\n")]
    [InlineData("relustre coverage 1\nerror\t\u001b[31mno\n")]
    [InlineData("relustre collector 1 0123456789abcdef\nlist\n")]
    public async Task A_server_that_answers_with_no_sense_is_an_error_with_its_name(string sent)
    {
        await using var connection = new ScriptedConnection(UnixPath.Encode(sent));
        await using var stream = new SessionStream(connection, CaptureLimits.Default, TimeProvider.System);

        var broken = await Assert.ThrowsAnyAsync<HostException>(() => HostQuestion.AskAsync(stream, new ScriptQuestion("script", CoverHost.Greeting), Cancel));

        Assert.Contains("evil", broken.Message);
        Assert.DoesNotContain('\e', broken.Message);
    }

    [Fact]
    public void Lines_without_a_sense_say_nothing()
    {
        string[] rubbish = ["", "\t\t\t\t", "f", "f\t", "f\t../etc/shadow", "owned\t\t", "owned\tx\ty\tz", "sum\t", "sum\tx", "unit\ta", "unit\ta\tb", "mount", "user", "\uDC80\tx", new('x', 60_000)];

        var report = new CoverageReading(rubbish).Report("evil", new CatalogueIndex(Catalogue.BuiltIn));

        Assert.Empty(report.Gaps);
        Assert.False(report.KnowsPackages);
        Assert.Equal(1, report.Score);
    }

    [Fact]
    public void Programs_of_units_and_mounts_by_hand_are_told_and_those_of_packages_and_fstab_are_not()
    {
        string[] lines =
        [
            "user\t0", "owned\t\ttool\t/usr/sbin/toold", "unit\ttool.service\t/sbin/toold", "unit\tmine.service\t/opt/mine/run", "unit\tgone.service\t/run/systemd/generator/x",
            "unit\tlocal.service\t/etc/systemd/system/local.service", "planned\t/home/", "mount\t/home\text4", "mount\t/data\tnfs4", "mount\t/proc\tproc", "mount\t/mnt/MDT0\tlustre",
        ];

        var report = new CoverageReading(lines).Report("mds1", new CatalogueIndex(Catalogue.BuiltIn));

        Assert.Equal([("/opt/mine/run", CoverageReason.Unit, "mine.service"), ("/data", CoverageReason.Mount, "nfs4")], report.Gaps.Select(gap => (gap.Path, gap.Reason, gap.Detail!)));
    }
}
