using System.Diagnostics;
using CsCheck;

namespace Relustre.Tests.Formats;

/// <summary>No text is too broken to read, and none takes long.</summary>
public class FormatLaws
{
    private static readonly Dictionary<string, Format> All = new()
    {
        ["assignments"] = Format.Assignments,
        ["chkconfig"] = Format.Chkconfig,
        ["colons"] = Format.Colons,
        ["crontab"] = Format.Crontab,
        ["fstab"] = Format.Fstab,
        ["lines"] = Format.Lines,
        ["pairs"] = Format.Pairs,
        ["sections"] = Format.Sections,
        ["single value"] = Format.SingleValue,
        ["ssh options"] = Format.SshOptions,
        ["user crontab"] = Format.UserCrontab,
    };

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\\\n", " ", "\t", "=", ":", "#", ";", "\"", "'", "[", "]", "{", "}", "@", "\0", "a", "KEY", "0:on", "on", "Match", "é", "://", "*",
    ];

    private static readonly Gen<string> Text =
        Gen.OneOf(Gen.String, Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(chosen => string.Concat(chosen.Select(piece => Pieces[piece]))));

    public static TheoryData<string> Names => new(All.Keys);

    [Theory, MemberData(nameof(Names))]
    public void Any_text_can_be_read(string name) =>
        Text.Sample(text =>
        {
            foreach (var setting in All[name].Read(text))
            {
                Assert.NotNull(setting.Key);
                Assert.NotNull(setting.Value);
            }
        }, iter: 2000, threads: 1);

    [Theory, MemberData(nameof(Names))]
    public void Comments_and_empty_lines_say_nothing(string name) =>
        Assert.Empty(name == "single value" ? [] : All[name].Read("\n\n# one\n   # two = 2\n\t\n;three: 3\n"));

    // Each is half a megabyte of what a careless reader would go through again and again.
    [Theory, MemberData(nameof(Names))]
    public void Half_a_megabyte_is_read_in_the_time_it_takes_to_look_at_it(string name)
    {
        foreach (var piece in (string[])["a\\\n", "\"", "=", "[", "a=\"", "x://y", " a", ":", "#", "a\n", " b\n", "0:on ", "\0"])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 500_000 / piece.Length));
            var start = Stopwatch.GetTimestamp();

            var read = All[name].Read(text).Count();

            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"{read} settings of {piece}");
        }
    }
}
