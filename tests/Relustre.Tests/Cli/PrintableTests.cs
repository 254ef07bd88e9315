using System.Globalization;
using System.Text;
using CsCheck;
using Relustre.Cli.Output;

namespace Relustre.Tests.Cli;

public class PrintableTests
{
    [Theory]
    [InlineData("plain /etc/fstab", "plain /etc/fstab")]
    [InlineData("größe 中 😀", "größe 中 😀")]
    [InlineData("\e[31mred", "\\x1b[31mred")]
    [InlineData("a\nb\tc\rd", "a\\nb\\tc\\rd")]
    [InlineData("\u009b2J", "\\u009b2J")]
    [InlineData("\u202Egpj.exe", "\\u202egpj.exe")]
    [InlineData("\x7f\0", "\\x7f\\x00")]
    [InlineData("dev-disk-by\\x2duuid.swap", "dev-disk-by\\x2duuid.swap")]
    public void What_commands_a_terminal_is_written_out(string text, string shown) => Assert.Equal(shown, Printable.Line(text));

    [Fact]
    public void Bytes_that_are_no_text_are_shown_by_their_number() =>
        Assert.Equal("caf\\xe9", Printable.Line(UnixPath.Decode([(byte)'c', (byte)'a', (byte)'f', 0xE9])));

    [Fact]
    public void Several_lines_stay_several_lines_and_nothing_else() => Assert.Equal("a\n\tb\\r\\x1b", Printable.Text("a\n\tb\r\e"));

    [Fact]
    public void No_bytes_whatsoever_reach_a_terminal_as_a_command() => Gen.Byte.Array[0, 60].Sample(bytes =>
        IsHarmless(Printable.Line(UnixPath.Decode(bytes))) && IsHarmless(Printable.Line(Encoding.Latin1.GetString(bytes))));

    [Fact]
    public void No_text_whatsoever_reaches_a_terminal_as_a_command() =>
        Gen.OneOf(Gen.Char['\0', '\u00ff'], Gen.Char['\u2000', '\u20ff'], Gen.Char).Array[0, 40].Sample(units => IsHarmless(Printable.Line(new string(units))));

    private static bool IsHarmless(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text
        && text.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate));
}
