using System.Text;
using CsCheck;

namespace Relustre.Tests;

public class UnixPathTests
{
    [Fact]
    public void Any_bytes_come_back_as_they_were() =>
        Gen.Byte.Array[0, 40].Sample(bytes => UnixPath.Encode(UnixPath.Decode(bytes)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Valid_text_is_itself_and_an_odd_byte_is_marked()
    {
        var plain = Encoding.UTF8.GetBytes("/etc/é中😀\U00010080");

        Assert.Equal("/etc/é中😀\U00010080", UnixPath.Decode(plain));
        Assert.True(UnixPath.IsUtf8(UnixPath.Decode(plain)));
        Assert.False(UnixPath.IsUtf8(UnixPath.Decode([(byte)'a', 0xE9])));
    }
}
