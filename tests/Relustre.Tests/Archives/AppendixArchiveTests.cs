using System.Text;
using CsCheck;
using Relustre.Archives;
using Relustre.Capture;

namespace Relustre.Tests.Archives;

public class AppendixArchiveTests
{
    private static readonly DateTimeOffset At = new(2017, 10, 3, 14, 11, 2, TimeSpan.Zero);

    private static readonly Gen<string> Name = Gen.Byte.Where(one => one is not (0 or (byte)'/')).Array[1, 60]
        .Select(bytes => UnixPath.Decode(bytes)).Where(name => name is not ("." or ".."));

    private static readonly Gen<CapturedFile> AnyFile =
        Gen.Select(Name.Array[1, 5], Gen.Int[0, 4095], Gen.UInt, Gen.Int[0, 999_999_999], Gen.Byte.Array[0, 2000], Gen.Int[0, 1])
            .Select((names, mode, id, nanoseconds, content, kind) => new CapturedFile
            {
                Path = "/etc/" + string.Join('/', names),
                Kind = kind == 0 ? FileKind.File : FileKind.Symlink,
                Mode = mode,
                UserId = id,
                GroupId = uint.MaxValue - id,
                User = "root",
                Group = "haclient",
                Modified = new(id, nanoseconds),
                LinkTarget = kind == 0 ? null : "/" + string.Join('/', names),
                Attributes = [new("user.a=%b", content)],
                Content = kind == 0 ? content : default,
            });

    [Fact]
    public async Task Whatever_is_written_is_read() =>
        await AnyFile.Array[1, 4].SampleAsync(async files =>
        {
            var distinct = files.Index().Select(file => file.Item with { Path = $"/etc/{file.Index}{file.Item.Path}" }).ToArray();
            var archive = AppendixArchive.Of("mds1", At, distinct, [new("pacemaker", new("cib.xml", ToolOutcome.Answered) { Output = "<cib/>"u8.ToArray() })]);

            var read = await ReadAsync(await BytesAsync(archive));

            Assert.Equal(("mds1", At, "<cib/>"), (read.HostName, read.At!.Value, Encoding.UTF8.GetString(read.Cib!.Value.Span)));
            Assert.Equal(archive.Files.Select(Told), read.Files.Where(file => file.Kind != FileKind.Directory).Select(Told));
            Assert.Empty(read.LeftOut);
        }, iter: 200, threads: 1);

    [Fact]
    public async Task GNU_tar_unpacks_it_with_owners_modes_times_and_odd_names()
    {
        using var shell = new Shell();
        var odd = UnixPath.Decode([.. "/etc/"u8, 0xE9, (byte)'\n', .. Enumerable.Repeat((byte)'x', 150)]);
        var archive = AppendixArchive.Of("mds1", At,
        [
            File("/etc/hosts", "127.0.0.1 localhost\n") with { Mode = 0x1A4, UserId = 189, GroupId = 3_000_000, User = "hacluster", Group = "haclient", Modified = new(1_500_000_000, 123_456_789) },
            File("/etc/sudo", "x") with { Mode = 0x9C0 },
            File(odd, "odd"),
            new() { Path = "/etc/localtime", Kind = FileKind.Symlink, Mode = 0x1FF, LinkTarget = "../usr/share/zoneinfo/UTC" },
            new() { Path = "/var/lib/chroma", Kind = FileKind.Directory, Mode = 0x1C0 },
        ], []);
        await System.IO.File.WriteAllBytesAsync(shell["a.tgz"], await BytesAsync(archive), TestContext.Current.CancellationToken);

        var list = shell.Run("tar --full-time --numeric-owner -tvzf a.tgz");
        shell.Run("umask 022; tar --no-same-owner -xpzf a.tgz && mv bck-mds1-20171003-141102 b");

        Assert.Contains("-rw-r--r-- 189/3000000", list, StringComparison.Ordinal);
        Assert.Equal("2017-07-14 02:40:00.123456789 +0000\n", shell.Run("TZ=UTC stat -c %y b/etc/hosts"));
        Assert.Equal("4700 700\n", shell.Run("echo $(stat -c %a b/etc/sudo b/var/lib/chroma)"));
        Assert.Equal("../usr/share/zoneinfo/UTC\n", shell.Run("readlink b/etc/localtime"));
        Assert.Equal("odd", shell.Run("cat b/etc/\"$(printf '\\351')\"*"));
        Assert.Equal("700 600\n", shell.Run("echo $(stat -c %a b b/README-relustre.txt)"));
    }

    [Fact]
    public async Task The_names_are_those_that_the_appendix_writes_and_reads()
    {
        using var shell = new Shell();
        var archive = AppendixArchive.Of("ee-mds1", At, [File("/etc/ntp.conf", "server adm\n")],
            [new("pacemaker", new("cib.xml", ToolOutcome.Answered) { Output = "<cib/>"u8.ToArray() }), Said("chkconfig", "ntpd 0:off 1:off 2:on 3:on 4:on 5:on 6:off\n")]);
        await System.IO.File.WriteAllBytesAsync(shell["a.tgz"], await BytesAsync(archive), TestContext.Current.CancellationToken);

        Assert.Equal("bck-ee-mds1-20171003-141102", archive.Name);
        Assert.Equal(
            ["", "README-relustre.txt", "chkconfig-output-ee-mds1.sh", "cluster-cfg-ee-mds1.xml", "ee-cluster-cfg-ee-mds1.xml", "etc/ntp.conf"],
            shell.Run("tar -tzf a.tgz | LC_ALL=C sort").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name[(archive.Name.Length + 1)..]));
    }

    [Fact]
    public async Task Without_a_cluster_there_is_no_empty_file_that_looks_like_one()
    {
        var archive = AppendixArchive.Of("mds1", At, [File("/etc/hosts", "")], [new("pacemaker", new("cib.xml", ToolOutcome.Failed) { ExitCode = 102 })]);

        Assert.Null(archive.Cib);
        Assert.Null((await ReadAsync(await BytesAsync(archive))).Cib);
    }

    [Fact]
    public void A_stopped_cluster_s_CIB_comes_from_its_disk() =>
        Assert.Equal("<cib epoch='1'/>", Encoding.UTF8.GetString(AppendixArchive.Of("a", At, [File("/var/lib/pacemaker/cib/cib.xml", "<cib epoch='1'/>")], []).Cib!.Value.Span));

    [Fact]
    public void A_host_name_cannot_lead_out_of_the_archive() =>
        Assert.Equal("bck-.._.._x_-20171003-141102", AppendixArchive.Of("../../x\n", At, [], []).Name);

    internal static CapturedFile File(string path, string text) =>
        new() { Path = path, Kind = FileKind.File, Mode = 0x180, Modified = new(1_000_000_000, 0), Content = Encoding.UTF8.GetBytes(text) };

    internal static async Task<byte[]> BytesAsync(AppendixArchive archive)
    {
        var output = new MemoryStream();
        await archive.WriteAsync(output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    internal static Task<AppendixArchive> ReadAsync(byte[] bytes, string fileName = "backup.tgz", ArchiveLimits? limits = null) =>
        AppendixArchive.ReadAsync(new MemoryStream(bytes), fileName, limits ?? new(), TestContext.Current.CancellationToken);

    internal static ComponentOutput Said(string tool, string text) => new("services", new(tool, ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(text) });

    private static (string, FileKind, int, uint, uint, string, string, UnixTime, string?, string, string) Told(CapturedFile file) =>
        (file.Path, file.Kind, file.Mode, file.UserId, file.GroupId, file.User, file.Group, file.Modified, file.LinkTarget, Convert.ToHexString(file.Content.Span),
            string.Join(' ', file.Attributes.Select(attribute => attribute.Name + Convert.ToHexString(attribute.Value.Span))));
}
