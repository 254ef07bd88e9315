using CsCheck;
using Relustre.Tests.Laws;

namespace Relustre.Tests.Formats;

/// <summary>No text is too broken to read, and none takes long.</summary>
public class FormatLaws
{
    private static readonly IReadOnlyDictionary<string, Format> All = OneFile.Formats;

    // What stands in these is a value whatever it looks like, or its comments look otherwise.
    private static readonly HashSet<string> WithoutComments =
    [
        "Certificate", "Chkconfig", "Cib", "Cmap", "DeviceLinks", "Json", "KernelArguments", "Kickstart", "ModprobeOptions", "MultipathMaps", "SingleValue", "Uname", "XmlText",
        "ZpoolStatus", "LnetYaml", "PartitionTables", "Braces", "Nested", "Script", "YumOrigins", "Sudoers",
    ];

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\\\n", " ", "\t", "=", ":", "#", ";", "\"", "'", "[", "]", "{", "}", "@", "\0", "a", "KEY", "0:on", "on", "Match", "é", "://", "*",
        "<a>", "</a>", "<a b='c'/>", "[1:2]", "-A INPUT", "title ", "endscript", "postrotate", "iface ", " : ", "(x)", "-----BEGIN CERTIFICATE-----", "elements = {", " -> ", "sd",
    ];

    private static readonly string[] Repeated =
    [
        "a\\\n", "\"", "=", "[", "a=\"", "x://y", " a", ":", "#", "a\n", " b\n", "0:on ", "\0", "a{", "}\n", "[\n", "a {\n", "-A x ", "title a\n", "postrotate\n",
        "- a: b\n", " a: b\n  ", "<a>", "<a b='c'/>", "/dev/a sdb\n", "a -> ", "-----BEGIN CERTIFICATE-----", "elements = {\n",
    ];

    private static readonly Gen<string> Text =
        Gen.OneOf(Gen.String, Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(chosen => string.Concat(chosen.Select(piece => Pieces[piece]))));

    public static TheoryData<string> Names => new(All.Keys);

    // What these laws hold for is found by its type, so that no format is forgotten.
    [Fact]
    public void Every_format_that_there_is_or_that_a_component_uses_is_among_them()
    {
        var types = typeof(Format).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Format)) && !type.IsAbstract);
        var used = Catalogue.BuiltIn.Components.SelectMany(component => component.Sources).Select(source => source.Format);

        Assert.Empty(types.Except(All.Values.Select(format => format.GetType())));
        Assert.Empty(used.Except(All.Values));
    }

    [Theory, MemberData(nameof(Names))]
    public void Any_text_can_be_read(string name) =>
        Text.Sample(text =>
        {
            var spent = ThreadCpu.SpentBy(() =>
            {
                foreach (var setting in All[name].Read(text))
                {
                    Assert.NotNull(setting.Key);
                    Assert.NotNull(setting.Value);
                }
            });
            Assert.True(spent < TimeSpan.FromSeconds(2), $"{spent} for {text.Length} characters");
        }, iter: 500, threads: 1);

    [Theory, MemberData(nameof(Names))]
    public void Comments_and_empty_lines_say_nothing(string name) =>
        Assert.Empty(WithoutComments.Contains(name) ? [] : All[name].Read("\n\n# one\n   # two = 2\n\t\n;three: 3\n"));

    // Each is a fifth of a megabyte of what a careless reader would go through again and again: one that does needs minutes.
    [Theory, MemberData(nameof(Names))]
    public void A_long_text_is_read_in_the_time_it_takes_to_look_at_it(string name)
    {
        foreach (var piece in Repeated)
        {
            var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
            var read = 0;

            var spent = ThreadCpu.SpentBy(() => read = All[name].Read(text).Count());

            Assert.True(spent < TimeSpan.FromSeconds(5), $"{spent} for {read} settings of {piece}");
        }
    }
}
