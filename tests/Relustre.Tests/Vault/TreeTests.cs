using System.Text;
using CsCheck;
using Relustre.Vault;
using Relustre.Vault.Trees;

namespace Relustre.Tests.Vault;

public class TreeTests
{
    [Fact]
    public void An_empty_folder_has_the_known_address() => Assert.Equal(
        "ac08ce34ba4f8123618661bef2425f7028ffb9ac740578a3ee88684d2523fee8", BlobId.Of(Tree.Empty.Encode()).ToString());

    [Theory]
    [InlineData(NodeType.File, "644", 420u)]
    [InlineData(NodeType.File, "4755", 8389101u)]
    [InlineData(NodeType.Directory, "755", 2147484141u)]
    [InlineData(NodeType.Directory, "1777", 2148532735u)]
    [InlineData(NodeType.Directory, "2755", 2151678445u)]
    [InlineData(NodeType.Symlink, "777", 134218239u)]
    [InlineData(NodeType.Fifo, "644", 33554852u)]
    [InlineData(NodeType.CharacterDevice, "666", 69206454u)]
    [InlineData(NodeType.BlockDevice, "660", 67109296u)]
    [InlineData(NodeType.Socket, "755", 16777709u)]
    public void Modes_are_numbered_as_Go_does(NodeType type, string octal, uint expected)
    {
        var mode = Convert.ToInt32(octal, 8);

        Assert.Equal(expected, GoMode.From(type, mode));
        Assert.Equal(mode, GoMode.ToUnix(expected));
    }

    public static TheoryData<string, string> Names => new()
    {
        { "612262", "a\\\"b" }, { "615c62", "a\\\\b" }, { "74616209", "tab\\t" }, { "62656c07", "bel\\a" },
        { "76740b", "vt\\v" }, { "62730866660c", "bs\\bff\\f" }, { "64656c7f", "del\\x7f" }, { "6e756c2d69736801", "nul-ish\\x01" },
        { "6c6174696ee9", "latin\\xe9" }, { "fffe", "\\xff\\xfe" }, { "73757272eda080", "surr\\xed\\xa0\\x80" },
        { "6f766572c0af", "over\\xc0\\xaf" }, { "7472756e63e282", "trunc\\xe2\\x82" }, { "efbfbd", "\ufffd" },
        { "6e627370c2a078", "nbsp\\u00a0x" }, { "736f66746879c2ad7068656e", "softhy\\u00adphen" }, { "e2808b", "\\u200b" },
        { "e280a8", "\\u2028" }, { "efbbbf", "\\ufeff" }, { "ee8080", "\\ue000" }, { "e280ae", "\\u202e" },
        { "c3a9", "é" }, { "e4b8ad", "中" }, { "f09f9880", "😀" }, { "f0908080", "\U00010000" }, { "65cc81", "e\u0301" },
        { "f3b08080", "\\U000f0000" }, { "613c623e2663", "a<b>&c" },
    };

    [Theory, MemberData(nameof(Names))]
    public void Names_are_quoted_as_Go_does(string raw, string quoted)
    {
        var bytes = Convert.FromHexString(raw);

        Assert.Equal(quoted, Encoding.UTF8.GetString(GoQuote.Quote(bytes)));
        Assert.Equal(bytes, GoQuote.Unquote(Encoding.UTF8.GetBytes(quoted)));
    }

    [Fact]
    public void Any_bytes_come_back_from_their_quoted_form() =>
        Gen.Byte.Array[0, 40].Sample(raw => GoQuote.Unquote(GoQuote.Quote(raw)).AsSpan().SequenceEqual(raw));

    [Fact]
    public void Octal_escapes_are_read() => Assert.Equal("\x07é"u8.ToArray(), GoQuote.Unquote("\\007\\303\\251"u8));

    [Theory]
    [InlineData("\\")]
    [InlineData("\\x4")]
    [InlineData("\\xzz")]
    [InlineData("\\q")]
    [InlineData("\\777")]
    [InlineData("\\ud800")]
    [InlineData("\\U00110000")]
    [InlineData("\\089")]
    public void What_no_quoting_gives_is_refused(string quoted) => Assert.Null(GoQuote.Unquote(Encoding.ASCII.GetBytes(quoted)));

    [Fact]
    public void A_link_target_and_its_raw_form_are_escaped_as_Go_does()
    {
        var link = new TreeNode { Name = "l"u8.ToArray(), Type = NodeType.Symlink, UnixMode = 511, LinkTarget = new byte[] { 0x74, 0x67, 0x74, 0x22, 0x5c, 1, 0xe9, 0x3c, 0x3e, 0x26 } };

        var json = Encoding.UTF8.GetString(new Tree([link]).Encode());

        Assert.Contains("""
            "linktarget":"tgt\"\\\u0001\ufffd\u003c\u003e\u0026","linktarget_raw":"dGd0IlwB6Tw+Jg==",
            """, json, StringComparison.Ordinal);
        Assert.Equal(link.LinkTarget.Value.ToArray(), TreeDecoder.Decode(Encoding.UTF8.GetBytes(json), "tree").Nodes[0].LinkTarget!.Value.ToArray());
    }

    [Fact]
    public void A_node_is_written_field_for_field_as_restic_does()
    {
        var node = new TreeNode
        {
            Name = "a<b>&c"u8.ToArray(),
            Type = NodeType.File,
            UnixMode = 0x1a4,
            Modified = new NodeTime(1, 500),
            UserId = 1,
            GroupId = 2,
            User = "joe",
            Size = 3,
            Attributes = [new NodeAttribute("user.test", new byte[] { 0, 1, (byte)'v', (byte)'a', (byte)'l' })],
        };

        Assert.Equal(
            """{"nodes":[{"name":"a\u003cb\u003e\u0026c","type":"file","mode":420,"mtime":"1970-01-01T00:00:01.0000005Z","atime":"1970-01-01T00:00:01.0000005Z","ctime":"0001-01-01T00:00:00Z","uid":1,"gid":2,"user":"joe","size":3,"extended_attributes":[{"name":"user.test","value":"AAF2YWw="}],"content":[]}]}""" + "\n",
            Encoding.UTF8.GetString(new Tree([node]).Encode()));
    }

    [Fact]
    public void Nodes_are_sorted_by_raw_bytes_and_not_by_what_they_spell()
    {
        byte[][] names = [[0xff, 0xfe], "é"u8.ToArray(), "😀"u8.ToArray(), "\ufffd"u8.ToArray(), "Z"u8.ToArray(), "a"u8.ToArray(), "a.b"u8.ToArray(), "a-b"u8.ToArray()];

        var tree = TreeDecoder.Decode(new Tree([.. names.Select(File)]).Encode(), "tree");

        Assert.Equal(["Z", "a", "a-b", "a.b", "é", "\ufffd", "😀", "ÿþ"],
            tree.Nodes.Select(node => node.Name.Span[0] == 0xff ? Encoding.Latin1.GetString(node.Name.Span) : Encoding.UTF8.GetString(node.Name.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("/")]
    [InlineData("a\0b")]
    public void A_name_that_no_file_can_have_is_neither_written_nor_read(string name)
    {
        Assert.Throws<ArgumentException>(() => new Tree([File(Encoding.UTF8.GetBytes(name))]).Encode());
        var forged = Encoding.UTF8.GetString(new Tree([File("NAME"u8.ToArray())]).Encode())
            .Replace("NAME", name.Replace("\0", "\\\\x00", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<VaultDamagedException>(() => TreeDecoder.Decode(Encoding.UTF8.GetBytes(forged), "tree"));
    }

    [Fact]
    public void A_name_twice_is_not_written() =>
        Assert.Throws<ArgumentException>(() => new Tree([File("a"u8.ToArray()), File("a"u8.ToArray())]).Encode());

    [Fact]
    public void Unknown_fields_and_white_space_are_read_over()
    {
        var tree = TreeDecoder.Decode(
            """ { "later" : [1,{"x":[]}], "nodes": [ {"name":"a","extra":{"deep":[null]},"type":"file","mode":420,"content":[], "uid":0,"gid":0} ] } """u8, "tree");

        Assert.Equal("a", Encoding.UTF8.GetString(tree.Nodes[0].Name.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"nodes\":{}}")]
    [InlineData("{\"nodes\":[1]}")]
    [InlineData("{\"nodes\":[{}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"irregular\"}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":null}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"dir\"}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[\"12\"]}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[],\"size\":-1}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[],\"size\":1e99}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[],\"mode\":4294967296}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[],\"mtime\":\"today\"}]}")]
    [InlineData("{\"nodes\":[{\"name\":\"\\ud800\",\"type\":\"file\",\"content\":[]}]}")]
    [InlineData("{\"nodes\":[]}trailing")]
    [InlineData("{\"nodes\":[")]
    public void Broken_listings_are_damage_and_nothing_worse(string json) =>
        Assert.Throws<VaultDamagedException>(() => TreeDecoder.Decode(Encoding.UTF8.GetBytes(json), "tree"));

    [Fact]
    public void No_bytes_make_the_decoder_fail_in_another_way() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 400]).Sample((noise, where) =>
        {
            var json = new Tree([File("name"u8.ToArray()) with { Attributes = [new("user.a", new byte[9])] }]).Encode();
            for (var at = 0; at < noise.Length; at += 7)
                json[(where + (noise[at] * 3)) % json.Length] = noise[at];
            try
            {
                TreeDecoder.Decode(json, "tree");
            }
            catch (VaultDamagedException)
            {
                // What is expected of noise.
            }
        });

    [Fact]
    public void Every_tree_comes_back_byte_for_byte()
    {
        var node = Gen.Select(Gen.Byte[1, 255].Array[1, 20], Gen.Enum<NodeType>(), Gen.Int[0, 4095], Gen.Long[-62135596800, 253402300799], Gen.ULong, Gen.Byte.Array[0, 9], Gen.String)
            .Select((name, type, mode, seconds, number, bytes, user) => new TreeNode
            {
                Name = name.Select(letter => letter == '/' ? (byte)'_' : letter).ToArray(),
                Type = type,
                UnixMode = mode,
                Modified = new NodeTime(seconds, (int)(number % 1_000_000_000)),
                AccessTime = number % 2 == 0 ? new NodeTime(0, 1) : null,
                ChangeTime = number % 3 == 0 ? new NodeTime(7, 1) : null,
                UserId = (uint)number,
                GroupId = (uint)(number >> 32),
                User = user,
                Inode = number,
                Size = type == NodeType.File ? number : 0,
                LinkTarget = type == NodeType.Symlink ? bytes : null,
                Device = number,
                Attributes = [new NodeAttribute("user.x", bytes)],
                Content = type == NodeType.File ? [BlobId.Of(bytes)] : [],
                Subtree = type == NodeType.Directory ? BlobId.Of(bytes) : null,
            });
        node.Array[0, 5].Sample(nodes =>
        {
            var tree = new Tree([.. nodes.DistinctBy(one => Convert.ToHexString(one.Name.Span)).Where(one => NodeName.IsValid(one.Name.Span))]);
            return TreeDecoder.Decode(tree.Encode(), "tree").Encode().AsSpan().SequenceEqual(tree.Encode());
        });
    }

    [Fact]
    public void Device_numbers_come_apart_as_they_were_put_together()
    {
        Assert.Equal(2049UL, DeviceNumber.From(8, 1));
        Gen.Select(Gen.UInt, Gen.UInt).Sample((major, minor) => DeviceNumber.Split(DeviceNumber.From(major, minor)) == (major, minor));
    }

    private static TreeNode File(byte[] name) => new() { Name = name, Type = NodeType.File, UnixMode = 0x1a4 };
}
