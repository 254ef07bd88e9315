using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Relustre.Capture;

namespace Relustre.Tests.Capture;

public class TarStreamTests
{
    private static readonly Lazy<byte[]> Real = new(() =>
    {
        using var folder = new TemporaryFolder();
        folder.Shell($"echo a >a; ln a b; ln -s a {new string('l', 120)}; mkdir d; setfattr -n user.x -v y a; mkfifo p; echo 1 >d/{new string('n', 200)}");
        folder.Shell("tar --create --file=out --format=pax --xattrs -- a b l* d p");
        return File.ReadAllBytes(Path.Combine(folder.Path, "out"));
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v7", "plain")]
    [InlineData("ustar", "plain")]
    [InlineData("oldgnu", "any")]
    [InlineData("gnu", "any")]
    [InlineData("pax", "any")]
    public async Task Every_form_of_tar_is_read(string format, string names)
    {
        using var folder = new TemporaryFolder();
        folder.Shell("umask 022; mkdir d; printf hello >d/a; ln d/a d/b; ln -s ../x d/l; touch -d @981173106 d/a; chown 12:34 d/a; chmod 4750 d/a");
        if (names == "any")
            folder.Shell($"printf long >d/{new string('n', 180)}; ln -s {new string('t', 180)} d/m; printf odd >$'d/\\xe9\\n'; chown 3000000:3000001 d/n*; touch -d '1960-01-01 UTC' d/n*");
        folder.Shell($"tar --create --file=out --format={format} --sort=name --numeric-owner d");

        var entries = await ReadAsync(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "out"), Cancel), new());

        Assert.Equal(FileKind.Directory, entries["d"].Entry.Kind);
        Assert.Equal(("hello", 0x9E8, 12u, 34u, new UnixTime(981173106, 0)), (entries["d/a"].Text, entries["d/a"].Entry.Mode, entries["d/a"].Entry.UserId, entries["d/a"].Entry.GroupId, entries["d/a"].Entry.Modified));
        Assert.Equal((true, "d/a"), (entries["d/b"].Entry.IsHardLink, entries["d/b"].Entry.LinkTarget));
        Assert.Equal("../x", entries["d/l"].Entry.LinkTarget);
        if (names == "any")
        {
            var large = entries["d/" + new string('n', 180)];
            Assert.Equal(("long", 3000000u, 3000001u, -315619200L), (large.Text, large.Entry.UserId, large.Entry.GroupId, large.Entry.Modified.Seconds));
            Assert.Equal(new string('t', 180), entries["d/m"].Entry.LinkTarget);
            Assert.Equal("odd", entries["d/\udce9\n"].Text);
        }
    }

    [Fact]
    public async Task What_follows_an_archive_is_found_wherever_it_ends_in_its_record()
    {
        using var folder = new TemporaryFolder();
        for (var blocks = 1; blocks <= 21; blocks++)
        {
            folder.Shell($": >f{blocks}; tar --format=ustar -cf archive f*; printf next >>archive");
            using var input = File.OpenRead(folder["archive"]);
            var tar = new TarStream(input, new());
            while (await tar.NextAsync(TestContext.Current.CancellationToken) is not null)
            {
            }

            await tar.PassOverPaddingAsync(10240, TestContext.Current.CancellationToken);

            Assert.Equal("next", await new StreamReader(input).ReadToEndAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task What_is_looked_at_briefly_is_the_same_and_shares_one_memory()
    {
        using var folder = new TemporaryFolder();
        // Larger and smaller ones, none, and one that is larger than what is ever shared.
        foreach (var (at, size) in new[] { 10, 70_000, 0, 3, 1 << 20, 70_000, (1 << 20) + 1, 5000 }.Index())
            File.WriteAllBytes(folder[$"f{at}"], RandomNumberGenerator.GetBytes(size));
        folder.Shell("tar --format=pax -cf archive f*");
        await using var input = File.OpenRead(folder["archive"]);
        using var tar = new TarStream(input, new());

        var memories = new HashSet<object>();
        for (var read = 0; await tar.NextAsync(Cancel) is { } entry; read++)
        {
            var content = await tar.BriefContentAsync(Cancel);
            Assert.Equal($"f{read}", entry.Path);
            Assert.Equal(await File.ReadAllBytesAsync(folder[entry.Path], Cancel), content.ToArray());
            if (read is 4 or 5 or 7 && MemoryMarshal.TryGetArray(content, out var array))
                memories.Add(array.Array!);
        }
        Assert.Single(memories);
    }

    [Fact]
    public async Task A_cut_archive_is_never_taken_for_a_whole_one()
    {
        var real = Real.Value;
        var end = real.AsSpan().LastIndexOfAnyExcept((byte)0) / 512 * 512 + 512;

        for (var length = 0; length < end + 512; length += 97)
        {
            await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(real[..length], new()));
            await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(real[..length], new(), isBrief: true));
        }
        Assert.Equal(6, (await ReadAsync(real, new())).Count);
    }

    [Fact]
    public Task Whatever_the_bytes_are_reading_ends_with_entries_or_damage() =>
        Gen.Select(Gen.Int[0, Real.Value.Length - 1], Gen.Byte, Gen.Bool).Array[1, 12].SampleAsync(async changes =>
        {
            var bytes = (byte[])Real.Value.Clone();
            foreach (var (at, value, _) in changes)
                bytes[at] = value;
            // A right checksum lets the damage through to what lies behind it.
            foreach (var at in changes.Where(change => change.Item3).Select(change => change.Item1 / 512 * 512).Distinct())
            {
                var header = bytes[at..(at + 512)];
                TarText.Sign(header);
                header.CopyTo(bytes, at);
            }
            try
            {
                await ReadAsync(bytes, new() { ContentBytes = 1 << 20 });
            }
            catch (TarDamagedException damaged)
            {
                return damaged.Message.Length > 0;
            }
            return true;
        }, iter: 2000);

    [Fact]
    public async Task Random_bytes_are_no_archive() =>
        await Gen.Byte.Array[0, 2000].SampleAsync(async bytes =>
        {
            if (bytes.Length >= 512 && bytes.AsSpan(0, 512).IndexOfAnyExcept((byte)0) < 0)
                return true;
            await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(bytes, new()));
            return true;
        }, iter: 500);

    [Theory]
    [InlineData("a negative size", "40000000000")]
    [InlineData("a size that is none", "12x4")]
    [InlineData("more than the limit", "00010000001")]
    public async Task A_size_beyond_reason_is_damage(string what, string size)
    {
        var entry = TarText.Entry("a", '0', [], size: size);
        if (what == "a negative size")
        {
            entry.AsSpan(124, 12).Fill(0xFF);
            TarText.Sign(entry);
        }

        await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync([.. entry, .. TarText.End], new() { ContentBytes = 2 << 20 }));
    }

    [Fact]
    public async Task A_header_whose_checksum_is_wrong_is_damage()
    {
        var archive = TarText.Whole(TarText.File("a", "x"));
        archive[0] = (byte)'b';

        await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(archive, new()));
    }

    [Fact]
    public async Task Limits_hold()
    {
        var many = TarText.Whole([.. Enumerable.Range(0, 20).Select(at => TarText.File($"f{at}", "x"))]);
        var longHeader = TarText.Whole(TarText.Pax("comment=" + new string('x', 5000)), TarText.File("a", "x"));
        var headers = TarText.Whole([.. Enumerable.Range(0, 50).Select(_ => TarText.Pax("comment=x")), TarText.File("a", "x")]);
        var longName = TarText.Whole(TarText.Pax("path=" + new string('n', 300)), TarText.File("a", "x"));

        await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(many, new() { Entries = 19 }));
        await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(longHeader, new() { HeaderBytes = 4096 }));
        await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(headers, new() { HeaderBytes = 4096 }));
        await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(longName, new() { PathLength = 299 }));
        Assert.Equal(20, (await ReadAsync(many, new() { Entries = 20 })).Count);
        Assert.Single(await ReadAsync(longName, new() { PathLength = 300 }));
    }

    [Theory]
    [InlineData("12 path=abc")]
    [InlineData("0 \n")]
    [InlineData("999999999999 path=a\n")]
    [InlineData("-5 path=a\n")]
    [InlineData("9 nokey=\n")]
    [InlineData("8 =abcd\n")]
    [InlineData("19 GNU.sparse.x=1\n")]
    [InlineData("12 size=-1\n")]
    [InlineData("14 mtime=soon\n")]
    public async Task A_broken_extended_header_is_damage(string records)
    {
        var archive = TarText.Whole(TarText.Entry("pax", 'x', Encoding.UTF8.GetBytes(records)), TarText.File("a", "x"));

        if (records.Contains("nokey", StringComparison.Ordinal))
            Assert.Single(await ReadAsync(archive, new()));
        else
            await Assert.ThrowsAsync<TarDamagedException>(() => ReadAsync(archive, new()));
    }

    [Theory]
    [InlineData("user::rw-\nuser:1234:r--\ngroup::r--\nmask::r--\nother::---\n", "0200000001000600FFFFFFFF02000400D204000004000400FFFFFFFF10000400FFFFFFFF20000000FFFFFFFF")]
    [InlineData("user::rwx,user:bob:r-x:1001,group::r-x,mask::r-x,other::r-x", "0200000001000700FFFFFFFF02000500E903000004000500FFFFFFFF10000500FFFFFFFF20000500FFFFFFFF")]
    [InlineData("user:known:r--\t#effective:---", "0200000002000400" + "07000000")]
    [InlineData("user:stranger:r--", null)]
    [InlineData("nonsense", null)]
    [InlineData("user::rwz", null)]
    public void An_acls_text_becomes_the_kernels_bytes(string text, string? expected)
    {
        var bytes = PosixAcl.FromText(text, (kind, name) => (kind, name) == ('u', "known") ? 7 : null);

        Assert.Equal(expected, bytes is null ? null : Convert.ToHexString(bytes));
    }

    private static async Task<Dictionary<string, (TarEntry Entry, string Text)>> ReadAsync(byte[] archive, TarLimits limits, bool isBrief = false)
    {
        using var tar = new TarStream(new MemoryStream(archive), limits);
        var entries = new Dictionary<string, (TarEntry, string)>(StringComparer.Ordinal);
        while (await tar.NextAsync(Cancel) is { } entry)
        {
            var hasContent = entry.Kind == FileKind.File && !entry.IsHardLink;
            entries[entry.Path] = (entry, hasContent ? Encoding.UTF8.GetString(isBrief ? (await tar.BriefContentAsync(Cancel)).Span : await tar.ContentAsync(Cancel)) : "");
        }
        return entries;
    }
}
