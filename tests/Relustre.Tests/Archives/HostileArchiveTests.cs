using System.IO.Compression;
using CsCheck;
using Relustre.Archives;

namespace Relustre.Tests.Archives;

public class HostileArchiveTests
{
    private const string Folder = "bck-mds1-20170103-101112";

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData($"{Folder}/etc/../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    public Task A_name_that_leads_out_is_refused(string name) => RefusedAsync("leads out", (name, Text("x")));

    [Theory]
    [InlineData("../../../etc")]
    [InlineData("a/../../../../..")]
    public Task A_link_that_leads_out_is_refused(string target) => RefusedAsync("link that leads out", ($"{Folder}/etc/x", Link(target)));

    [Fact]
    public Task A_file_below_a_link_is_refused() =>
        RefusedAsync("below something that is no folder", ($"{Folder}/etc", Link("/tmp")), ($"{Folder}/etc/passwd", Text("x")));

    [Fact]
    public Task A_link_that_comes_after_a_file_below_it_is_refused() =>
        RefusedAsync("below something that is no folder", ($"{Folder}/etc/x/job", Text("x")), ($"{Folder}/etc/x", Link("/etc/cron.d")));

    [Theory]
    [InlineData(FileKind.BlockDevice)]
    [InlineData(FileKind.CharacterDevice)]
    public Task A_device_is_refused(FileKind kind) =>
        RefusedAsync("is a device", ($"{Folder}/etc/sda", Text("") with { Kind = kind, DeviceNumber = (8, 0) }));

    [Theory]
    [InlineData($"{Folder}/etc/hosts")]
    [InlineData($"./{Folder}//etc/./hosts")]
    public Task A_name_that_is_there_twice_is_refused(string again) =>
        RefusedAsync("is there twice", ($"{Folder}/etc/hosts", Text("a")), (again, Text("b")));

    [Fact]
    public Task Two_servers_in_one_archive_are_refused() =>
        RefusedAsync("more than one server", ("bck-mds1-20170103-101112/etc/hosts", Text("a")), ("bck-mds2-20170103-101112/etc/hosts", Text("b")));

    [Fact]
    public Task Something_else_in_a_tar_file_is_refused() => RefusedAsync("holds no etc or var", ("src/main.c", Text("int main;")));

    [Fact]
    public async Task Escape_sequences_in_a_name_do_not_reach_the_terminal() =>
        Assert.DoesNotContain('\u001b', await RefusedAsync("leads out", ("../\u001b[2J", Text("x"))));

    [Fact]
    public async Task A_bomb_is_refused_long_before_it_has_unpacked()
    {
        var zeros = new byte[30 << 20];

        await RefusedAsync("bomb", ($"{Folder}/etc/zero", Text("") with { Content = zeros }));
    }

    [Fact]
    public async Task More_than_the_limits_is_refused()
    {
        var three = await TarAsync([.. Enumerable.Range(0, 3).Select(at => ($"{Folder}/etc/{at}", Text(new string('x', 100_000))))]);

        Assert.Contains("more than 2 entries", await RefusedAsync(three, new() { Entries = 2 }), StringComparison.Ordinal);
        Assert.Contains("too large", await RefusedAsync(three, new() { FileBytes = 99_999 }), StringComparison.Ordinal);
        Assert.Contains("unpacks to more than", await RefusedAsync(three, new() { TotalBytes = 200_000, Entries = 3 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_anywhere_it_is_refused_or_nothing_is_missing()
    {
        var tar = await TarAsync([($"{Folder}/etc/hosts", Text("127.0.0.1 localhost")), ($"{Folder}/etc/ntp.conf", Text("server adm"))]);
        var packed = Packed(tar);

        // Four blocks of headers and content, then the mark of the end.
        foreach (var length in Enumerable.Range(0, 4 * 512 + 511))
            await RefusedAsync(tar[..length]);
        foreach (var length in Enumerable.Range(0, packed.Length))
        {
            try
            {
                Assert.Equal(2, (await AppendixArchiveTests.ReadAsync(packed[..length])).Files.Count);
                Assert.InRange(length, packed.Length - 60, packed.Length);
            }
            catch (ArchiveRefusedException)
            {
            }
        }
    }

    [Fact]
    public async Task Any_damage_ends_in_an_archive_or_a_refusal()
    {
        var whole = await TarAsync([($"{Folder}/etc/hosts", Text("127.0.0.1")), ($"{Folder}/etc/x", Link("hosts"))]);

        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 8].SampleAsync(async changes =>
        {
            var damaged = whole.ToArray();
            foreach (var (at, value) in changes)
                damaged[at] = value;
            try
            {
                await AppendixArchiveTests.ReadAsync(damaged);
            }
            catch (ArchiveRefusedException)
            {
            }
        }, iter: 500, threads: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("BZh91AY&SY")]
    [InlineData("PK\u0003\u0004.....")]
    [InlineData("<html>404 Not Found</html>")]
    public Task What_is_no_tar_archive_is_refused(string text) => RefusedAsync(System.Text.Encoding.Latin1.GetBytes(text));

    [Fact]
    public async Task A_refusal_names_the_file_and_says_that_nothing_was_kept()
    {
        var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => AppendixArchiveTests.ReadAsync("x"u8.ToArray(), "old.tgz"));

        Assert.StartsWith("old.tgz cannot be imported: ", refused.Message);
        Assert.EndsWith("Nothing of it was kept.", refused.Message);
    }

    private static CapturedFile Text(string text) => AppendixArchiveTests.File("/", text);

    private static CapturedFile Link(string target) => Text("") with { Kind = FileKind.Symlink, LinkTarget = target };

    private static async Task<string> RefusedAsync(string because, params (string Name, CapturedFile File)[] entries)
    {
        var tar = await TarAsync(entries);
        var message = await RefusedAsync(Packed(tar));
        Assert.Contains(because, message, StringComparison.Ordinal);
        return message;
    }

    private static async Task<string> RefusedAsync(byte[] bytes, ArchiveLimits? limits = null) =>
        (await Assert.ThrowsAsync<ArchiveRefusedException>(() => AppendixArchiveTests.ReadAsync(bytes, limits: limits))).Message;

    private static async Task<byte[]> TarAsync((string Name, CapturedFile File)[] entries)
    {
        var output = new MemoryStream();
        var tar = new TarOutput(output);
        foreach (var (name, file) in entries)
            await tar.AddAsync(name, file, TestContext.Current.CancellationToken);
        await tar.EndAsync(TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private static byte[] Packed(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return output.ToArray();
    }
}
