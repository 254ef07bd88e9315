using Relustre.Snapshots;

namespace Relustre.Tests.Snapshots;

public sealed class LedgerTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_newest_sighting_of_each_host_is_told()
    {
        var ledger = new Ledger(folder["ledger"]);

        ledger.Note([Seen("mds1", Noon, SightingResult.Stored), Seen("mds2", Noon, SightingResult.Failed)]);
        ledger.Note([Seen("mds1", Noon.AddDays(30), SightingResult.Unchanged)]);

        Assert.Equal(SightingResult.Unchanged, ledger.Newest()["mds1"].Result);
        Assert.Equal(SightingResult.Failed, ledger.Newest()["mds2"].Result);
    }

    [Fact]
    public void A_line_cut_by_a_crash_hides_nothing_else()
    {
        var ledger = new Ledger(folder.Path);
        ledger.Note([Seen("mds1", Noon, SightingResult.Stored)]);
        File.AppendAllText(Directory.GetFiles(folder.Path).Single(), "{\"at\":\"2026-11-2\n\u0000\u0001 rubbish\n{\"at\":");
        ledger.Note([Seen("mds2", Noon, SightingResult.Stored)]);

        Assert.Equal(["mds1", "mds2"], ledger.Newest().Keys.Order());
    }

    [Fact]
    public void Nobody_else_may_read_it()
    {
        var ledger = new Ledger(folder["ledger"]);

        ledger.Note([Seen("mds1", Noon, SightingResult.Stored)]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(folder["ledger"]).Single()));
    }

    private static Sighting Seen(string host, DateTimeOffset at, SightingResult result) => new() { Host = host, At = at, Result = result };
}
