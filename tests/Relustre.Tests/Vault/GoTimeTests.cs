using System.Text;
using CsCheck;
using Relustre.Vault;
using Relustre.Vault.Json;

namespace Relustre.Tests.Vault;

/// <summary>Times to the nanosecond, as Go writes them.</summary>
public class GoTimeTests
{
    [Theory]
    [InlineData(0, 1, "1970-01-01T00:00:00.000000001Z")]
    [InlineData(-5, 7, "1969-12-31T23:59:55.000000007Z")]
    [InlineData(1_000_000_000, 120_000_000, "2001-09-09T01:46:40.12Z")]
    [InlineData(1_000_000_000, 0, "2001-09-09T01:46:40Z")]
    [InlineData(-62135596800, 0, "0001-01-01T00:00:00Z")]
    [InlineData(10413792000, 5, "2300-01-01T00:00:00.000000005Z")]
    public void Times_are_written_as_Go_does_and_read_back(long seconds, int nanoseconds, string expected)
    {
        var json = new GoJson();
        GoTime.Write(json, new NodeTime(seconds, nanoseconds));

        Assert.Equal($"\"{expected}\"", Encoding.ASCII.GetString(json.Written));
        Assert.True(GoTime.TryParse(Encoding.ASCII.GetBytes(expected), out var again));
        Assert.Equal(new NodeTime(seconds, nanoseconds), again);
    }

    [Theory]
    [InlineData("2001-09-09T07:16:40.12+05:30", 1_000_000_000, 120_000_000)]
    [InlineData("2001-09-08T21:46:40-04:00", 1_000_000_000, 0)]
    public void Times_of_other_zones_are_the_same_moment(string text, long seconds, int nanoseconds)
    {
        Assert.True(GoTime.TryParse(Encoding.ASCII.GetBytes(text), out var time));
        Assert.Equal(new NodeTime(seconds, nanoseconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2001-09-09T01:46:40")]
    [InlineData("2001-13-09T01:46:40Z")]
    [InlineData("2001-02-30T01:46:40Z")]
    [InlineData("2001-09-09T01:46:40.Z")]
    [InlineData("2001-09-09T01:46:40.1234567890Z")]
    [InlineData("2001-09-09T01:46:40+05:3")]
    [InlineData("yyyy-mm-ddThh:mm:ssZ")]
    public void What_is_no_time_is_refused(string text) => Assert.False(GoTime.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Every_time_a_year_can_hold_comes_back() =>
        Gen.Select(Gen.Long[-62135596800, 253402300799], Gen.Int[0, 999_999_999]).Sample((seconds, nanoseconds) =>
        {
            var json = new GoJson();
            GoTime.Write(json, new NodeTime(seconds, nanoseconds));
            return GoTime.TryParse(json.Written[1..^1], out var again) && again == new NodeTime(seconds, nanoseconds);
        });

    [Fact]
    public void A_time_beyond_what_a_year_can_hold_is_still_written_as_a_time()
    {
        foreach (var seconds in (long[])[long.MinValue, long.MaxValue])
        {
            var json = new GoJson();
            GoTime.Write(json, new NodeTime(seconds, 0));
            Assert.True(GoTime.TryParse(json.Written[1..^1], out _));
        }
    }
}
