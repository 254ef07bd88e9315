using System.Runtime.CompilerServices;
using System.Text;
using Relustre.Archives;

namespace Relustre.Tests.Archives;

/// <summary>Archives that the appendix's own script made with a real tar, and those that people made in its likeness.</summary>
public class AppendixImportTests
{
    private const string Tree = """
        mkdir -p r/var/lib/chroma/targets r/etc/yum.repos.d r/etc/sysconfig/network-scripts r/etc/selinux r/etc/modprobe.d r/etc/corosync
        printf %s '{"bdev":"/dev/mapper/mpatha"}' >r/var/lib/chroma/targets/OWExYzNmMGUtNWI3ZC00YzJhLThlNjEtMmY0ZDdiOTBjM2Fh
        for f in yum.repos.d/Intel-Lustre-Agent.repo sysconfig/network-scripts/ifcfg-eth0 sysconfig/network-scripts/ifcfg-ib0 sysconfig/system-config-firewall \
            rsyslog.conf ntp.conf selinux/config modprobe.d/iml_lnet_module_parameters.conf corosync/corosync.conf; do echo "$f" >r/etc/$f; done
        chmod 600 r/etc/ntp.conf; touch -d '2017-01-03 10:11:12 UTC' r/etc/ntp.conf
        """;

    private static readonly string[] Nine =
    [
        "/etc/corosync/corosync.conf", "/etc/modprobe.d/iml_lnet_module_parameters.conf", "/etc/ntp.conf", "/etc/rsyslog.conf", "/etc/selinux/config",
        "/etc/sysconfig/network-scripts/ifcfg-eth0", "/etc/sysconfig/network-scripts/ifcfg-ib0", "/etc/sysconfig/system-config-firewall",
        "/etc/yum.repos.d/Intel-Lustre-Agent.repo", "/var/lib/chroma/targets/OWExYzNmMGUtNWI3ZC00YzJhLThlNjEtMmY0ZDdiOTBjM2Fh",
    ];

    [Fact]
    public async Task What_the_appendix_s_script_makes_is_read_whole()
    {
        using var shell = Made();

        var archive = await ReadAsync(shell, Path.GetFileName(Directory.GetFiles(shell.Folder, "bck-*.tgz").Single()));

        Assert.Equal("ee-mds1.lfs.example", archive.HostName);
        Assert.InRange(archive.At!.Value.Year, 2000, 2999);
        Assert.Equal(Nine, Files(archive));
        Assert.Equal("<cib epoch=\"42\"/>\n", Encoding.UTF8.GetString(archive.Cib!.Value.Span));
        Assert.Contains("--levels bs xinetd off", archive.RunlevelScript, StringComparison.Ordinal);
        var ntp = archive.Files.Single(file => file.Path == "/etc/ntp.conf");
        Assert.Equal((0x180, 1483438272, "ntp.conf\n"), (ntp.Mode, ntp.Modified.Seconds, ntp.Text));
    }

    [Theory]
    [InlineData("a leading dot", "cd bck-*/ && tar czf ../x.tgz .")]
    [InlineData("not packed", "tar cf x.tgz bck-*/")]
    [InlineData("packed from the top, where the home folder is", "mkdir root; mv bck-*/ root; echo x >root/anaconda-ks.cfg; tar czf x.tgz root")]
    [InlineData("another folder around it", "mkdir -p old/saved; mv bck-*/ old/saved; tar czf x.tgz old")]
    [InlineData("the folder renamed", "mv bck-*/ mds1; tar czf x.tgz mds1")]
    [InlineData("the other name for the CIB", "cd bck-*/; mv cluster-cfg-*.xml ee-cluster-cfg-ee-mds1.lfs.example.xml; tar czf ../x.tgz *")]
    [InlineData("old tar's format", "cd bck-*/ && tar --format=v7 -czf ../x.tgz *")]
    [InlineData("GNU's format", "tar --format=gnu -czf x.tgz bck-*/")]
    [InlineData("POSIX's format", "tar --format=posix --xattrs -czf x.tgz bck-*/")]
    [InlineData("parts one after the other", "tar cf x.tgz bck-*/var; tar rf x.tgz bck-*/etc bck-*/*.*")]
    public async Task A_variant_made_by_hand_says_the_same(string what, string made)
    {
        using var shell = Made();
        shell.Run(made);

        var archive = await ReadAsync(shell, "x.tgz");

        Assert.Equal("ee-mds1.lfs.example", archive.HostName);
        Assert.Equal(Nine, Files(archive));
        Assert.True(archive.Cib is { IsEmpty: false } && archive.RunlevelScript is not null, what);
    }

    [Fact]
    public async Task What_an_administrator_added_is_taken_and_what_is_no_part_of_the_server_is_named()
    {
        using var shell = Made();
        shell.Run("cd bck-*/; mkdir -p root/.ssh; echo 10.0.0.1 mds1 >etc/hosts; echo key >root/.ssh/id_rsa; ln -s /usr/share/zoneinfo/UTC etc/localtime; ln etc/hosts etc/hosts.old; "
            + "echo call Bob >NOTES; : >cluster-cfg-ee-mds1.lfs.example.xml; rm -r var chkconfig*; cd ..; echo x >stray; tar czf x.tgz stray bck-*/");

        var archive = await ReadAsync(shell, "x.tgz");

        Assert.Equal(["/etc/hosts", "/etc/hosts.old", "/etc/localtime", "/root/.ssh/id_rsa"], Files(archive).Except(Nine));
        Assert.Equal("10.0.0.1 mds1\n", archive.Files.Single(file => file.Path == "/etc/hosts.old").Text);
        Assert.Equal(["NOTES", "stray"], archive.LeftOut.Select(name => name.Split('/')[^1]));
        Assert.Null(archive.Cib);
        Assert.Null(archive.RunlevelScript);
    }

    [Fact]
    public async Task The_host_is_found_in_its_own_files_when_no_name_tells_it()
    {
        using var shell = new Shell();
        shell.Run("mkdir -p etc/sysconfig; echo HOSTNAME=oss7 >etc/sysconfig/network; tar czf x.tgz etc");

        var archive = await ReadAsync(shell, "x.tgz");

        Assert.Equal(("oss7", null), (archive.HostName, archive.At));
    }

    private static Shell Made()
    {
        var shell = new Shell();
        shell.Run(Tree);
        shell.Program("cibadmin", "echo '<cib epoch=\"42\"/>'\n");
        shell.Program("chkconfig", "printf 'ntpd\\t0:off\\t1:off\\t2:on\\t3:on\\t4:on\\t5:on\\t6:off\\n\\nxinetd based services:\\n\\trsync:\\toff\\n'\n");
        shell.Run("HOSTNAME=ee-mds1.lfs.example ROOT=$PWD/r sh \"$1\" && rm -r r", Path.Combine(SourceFolder(), "appendix-backup.sh"));
        return shell;
    }

    private static async Task<AppendixArchive> ReadAsync(Shell shell, string name) =>
        await AppendixArchiveTests.ReadAsync(await File.ReadAllBytesAsync(shell[name], TestContext.Current.CancellationToken), name);

    private static IEnumerable<string> Files(AppendixArchive archive) =>
        from file in archive.Files where file.Kind != FileKind.Directory select file.Path;

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
