using System.Text;
using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Packages that are not to be had are known before anything is changed.</summary>
public sealed class PackagesAvailableTests : IDisposable
{
    // As yum prints it: a long name breaks the line.
    private const string List = """
        Available Packages
        kernel.x86_64             3.10.0-957.10.1.el7_lustre               lustre
        lustre-osd-ldiskfs-mount-with-a-very-long-name.x86_64
                                  2.12.4-1.el7
                                                                           lustre
        pcs.x86_64                0.9.168-4.el7                            base
        pacemaker.x86_64          2:1.1.23-1.el7                           base
        """;

    private readonly GatePair pair = new();
    private readonly PackagesAvailable gate = new();

    public PackagesAvailableTests()
    {
        Want(("bash", "0", "4.2.46", "34.el7"), ("kernel", "0", "3.10.0", "957.10.1.el7_lustre"), ("pacemaker", "2", "1.1.23", "1.el7"),
            ("lustre-osd-ldiskfs-mount-with-a-very-long-name", "0", "2.12.4", "1.el7"));
        pair.Wanted.Add(new RepositoriesFacts
        {
            Variables = [],
            VersionLocks = [],
            TrustedKeys = [],
            Repositories =
            [
                new() { Id = "base", File = "/etc/yum.repos.d/base.repo", Addresses = [], IsEnabled = true },
                new() { Id = "lustre", File = "/etc/yum.repos.d/iml.repo", Addresses = [], ClientCertificate = "/var/lib/chroma/self.crt", ClientKey = "/var/lib/chroma/private.pem" },
            ],
        });
        pair.Host.Says("rpm", "bash-0:4.2.46-34.el7.x86_64\nkernel-0:3.10.0-1160.el7.x86_64\n").Says("yum", List).File("/dev/shm/x", "");
        pair.Host.File("/etc/hosts", "127.0.0.1 localhost\n").File("/etc/yum.repos.d/base.repo", "[base]\n");
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task All_that_is_missing_being_there_opens_it() => await pair.OpensAsync(gate, "all 3 missing packages are to be had");

    [Fact]
    public async Task A_package_of_another_version_or_none_closes_it_by_name()
    {
        Want(("bash", "0", "4.2.46", "34.el7"), ("pcs", "0", "0.9.169", "1.el7"), ("pacemaker", "0", "1.1.23", "1.el7"), ("gone", "0", "1", "1"));

        await pair.RefusesAsync(gate, "no repository has gone-0:1-1.x86_64, pacemaker-0:1.1.23-1.el7.x86_64, pcs-0:0.9.169-1.el7.x86_64");
    }

    [Fact]
    public async Task Where_nothing_is_missing_no_repository_is_asked()
    {
        Want(("bash", "0", "4.2.46", "34.el7"));
        pair.Host.Says("yum", "", exitCode: 1);

        await pair.OpensAsync(gate, "every package is installed");
    }

    [Fact]
    public async Task Repositories_are_asked_as_the_plan_will_have_them_and_nothing_of_it_stays()
    {
        Write("/etc/hosts", "127.0.0.1 localhost\n198.18.0.2 adm\n");
        Write("/etc/yum.repos.d/iml.repo", "[lustre]\nsslclientkey = /var/lib/chroma/private.pem\nsslclientcert=/var/lib/chroma/self.crt\n");
        Write("/var/lib/chroma/private.pem", RecordedHost.SecretMark);
        Write("/var/lib/chroma/self.crt", "certificate");
        Write("/etc/shadow", "root:" + RecordedHost.SecretMark);
        // In a chroot no namespace can be made private, so what would be mounted is noted; the lab does it for real.
        pair.Host.Program("unshare", "shift; exec \"$@\"").Program("mount", "[ \"$1\" != --bind ] || { echo \"$3\"; cat \"$2\"; } >>/tmp/mounted");
        pair.Host.File("/answers/list", List).Program("yum", """
            for word; do case $word in --setopt=reposdir=*) repos=${word#*reposdir=} ;; esac; done
            { echo "$@"; cat /etc/hosts; cat "$repos/base.repo" "$repos/iml.repo"; cat $(sed -n 's/^ssl.*= *//p' "$repos/iml.repo"); ls -ld "$repos/.." "$repos/../files"; find "$repos/../files" -type f; } >/tmp/seen
            cat /answers/list
            """);

        await pair.OpensAsync(gate);

        var seen = File.ReadAllText(pair.Host.Path("/tmp/seen"));
        Assert.Contains("--enablerepo=lustre", seen, StringComparison.Ordinal);
        Assert.Contains("[base]\n[lustre]\n", seen, StringComparison.Ordinal);
        Assert.Equal("/etc/hosts\n127.0.0.1 localhost\n198.18.0.2 adm\n", File.ReadAllText(pair.Host.Path("/tmp/mounted")));
        Assert.Contains($"{RecordedHost.SecretMark}certificate", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("shadow", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("drwxr", seen, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1 localhost\n", File.ReadAllText(pair.Host.Path("/etc/hosts")));
        Assert.Equal(["x"], Directory.GetFileSystemEntries(pair.Host.Path("/dev/shm")).Select(Path.GetFileName));
        Assert.False(File.Exists(pair.Host.Path("/etc/yum.repos.d/iml.repo")));
    }

    [Fact]
    public async Task Repositories_that_do_not_answer_close_it_and_their_passwords_are_not_told()
    {
        pair.Host.Program("yum", $"echo 'https://user:{RecordedHost.SecretMark}@adm/repo/repodata/repomd.xml: [Errno 14] curl#6 - \"Could not resolve host: adm\"' >&2; exit 1");

        await pair.RefusesAsync(gate, "cannot ask its repositories: yum ended with exit code 1: https://adm/repo/repodata/repomd.xml");
    }

    [Fact]
    public async Task Repositories_that_have_nothing_new_are_no_failure_but_lack_what_is_missing()
    {
        pair.Host.Program("yum", "echo 'Error: No matching Packages to list' >&2; exit 1");

        await pair.RefusesAsync(gate, "no repository has kernel-0:3.10.0-957.10.1.el7_lustre.x86_64");
    }

    [Fact]
    public async Task A_package_database_that_is_silent_and_a_backup_without_packages_close_it()
    {
        pair.Host.Says("rpm", "", exitCode: 1);
        await pair.RefusesAsync(gate, "does not tell which packages it has");

        pair.Wanted.RemoveAll(facts => facts is PackagesFacts);
        await pair.RefusesAsync(gate, "the backup does not tell which packages");
    }

    [Fact]
    public async Task Dnf_and_apt_are_asked_in_their_dialects()
    {
        pair.Host.Says("dnf", List).Says("yum", "", exitCode: 1);
        var view = pair.View with { Plan = pair.View.Plan with { Platform = new Platform { PackageTool = PackageTool.Dnf } } };
        Assert.True((await GatePair.AskAsync(gate, view)).IsOpen);

        pair.Wanted.RemoveAll(facts => facts is PackagesFacts);
        pair.Wanted.Add(new PackagesFacts { ModuleStreams = [], Packages = [Debian("bash", "5.2-1"), Debian("pacemaker", "2.1.5-1+deb12u1"), Debian("gone", "1")] });
        pair.Host.Says("dpkg-query", "bash:amd64=5.2-1 install ok installed\n").Program("xargs", "exec cat /answers/madison")
            .File("/answers/madison", " pacemaker | 2.1.5-1+deb12u1 | http://deb stable/main amd64 Packages\n");
        await GatePair.RefusesAsync(gate, pair.View with { Plan = pair.View.Plan with { Platform = new Platform { PackageTool = PackageTool.Apt } } }, "no repository has gone=1:");
    }

    private static PackagesFacts.Package Debian(string name, string version) => new() { Name = name, Version = version, Arch = "amd64" };

    private void Want(params (string Name, string Epoch, string Version, string Release)[] packages)
    {
        pair.Wanted.RemoveAll(facts => facts is PackagesFacts);
        pair.Wanted.Add(new PackagesFacts
        {
            ModuleStreams = [],
            Packages = [.. packages.Select(one => new PackagesFacts.Package { Name = one.Name, Epoch = one.Epoch, Version = one.Version, Release = one.Release, Arch = "x86_64", Origin = "lustre" })],
        });
    }

    private void Write(string path, string content) =>
        pair.Steps.Add(new WriteFile(new CapturedFile { Path = path, Kind = FileKind.File, Mode = 0x180, Content = Encoding.UTF8.GetBytes(content) }));
}
