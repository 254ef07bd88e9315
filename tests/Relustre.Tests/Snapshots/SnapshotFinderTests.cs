using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Snapshots;

public class SnapshotFinderTests
{
    private static readonly SnapshotFinder Finder = new(
    [
        Made("aaaa1111", "mds1", day: 1),
        Made("aaaa2222", "mds1", day: 5),
        Made("bbbb3333", "mds2", day: 3),
    ]);

    [Theory]
    [InlineData("latest", "aaaa2222")]
    [InlineData("mds1", "aaaa2222")]
    [InlineData("mds1@2026-11-04", "aaaa1111")]
    [InlineData("mds1@2026-11-05", "aaaa2222")]
    [InlineData("mds1@2026-11-01T13:00:00Z", "aaaa1111")]
    [InlineData("bbbb", "bbbb3333")]
    [InlineData("aaaa1", "aaaa1111")]
    public void A_snapshot_is_found_by_what_people_call_it(string wanted, string found) =>
        Assert.StartsWith(found, Finder.Find(wanted).Id.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("aaaa", "more than one")]
    [InlineData("mds3", "mds1, mds2")]
    [InlineData("mds1@2026-10-01", "its first is of 2026-11-01")]
    [InlineData("mds9@2026-11-01", "no snapshot answers to 'mds9'")]
    [InlineData("bb", "no snapshot answers")]
    [InlineData("", "no snapshot answers")]
    [InlineData("@", "no snapshot answers")]
    public void What_cannot_be_found_is_answered_with_what_there_is(string wanted, string told) =>
        Assert.Contains(told, Assert.Throws<SnapshotNotFoundException>(() => Finder.Find(wanted)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_vault_says_how_to_fill_it() =>
        Assert.Contains("relustre backup", Assert.Throws<SnapshotNotFoundException>(() => new SnapshotFinder([]).Find("latest")).Message, StringComparison.Ordinal);

    private static StoredSnapshot Made(string id, string host, int day) => new(BlobId.Parse(id.PadRight(64, '0')), new SnapshotRecord
    {
        Time = new DateTimeOffset(2026, 11, day, 12, 0, 0, TimeSpan.Zero),
        Tree = BlobId.Parse(new string('1', 64)),
        Hostname = host,
        Paths = ["/"],
    });
}
