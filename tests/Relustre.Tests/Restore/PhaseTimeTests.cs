using Microsoft.Extensions.Time.Testing;
using Relustre.Restore;
using Relustre.Steps;

namespace Relustre.Tests.Restore;

/// <summary>Where the time of a restore went, told by its journal alone.</summary>
public sealed class PhaseTimeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-phases");
    private readonly FakeTimeProvider clock = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_second_that_somebody_worked_on_it_is_in_one_phase_and_no_other_is()
    {
        using var restore = new RestoreBook(folder.FullName, clock).Start(Plan(), []);
        Note(restore, 0, JournalKind.Began);
        Note(restore, 3, JournalKind.Safety);
        Note(restore, 2, JournalKind.Started, 1);
        Note(restore, 10, JournalKind.Finished, 1);
        Note(restore, 4, JournalKind.Started, 2);
        // Killed in the middle of a step, and found in the morning.
        Note(restore, 8 * 3600, JournalKind.Began);
        Note(restore, 1, JournalKind.Started, 2);
        Note(restore, 20, JournalKind.Failed, 2);
        Note(restore, 3600, JournalKind.Began);
        Note(restore, 0, JournalKind.Started, 2);
        Note(restore, 5, JournalKind.Finished, 2);
        Note(restore, 6, JournalKind.Ended);

        Assert.Equal(
            [("Safety", 0, 3), ("Gates", 0, 2 + 4 + 1 + 0), ("Network", 1, 10), ("Packages", 1, 20 + 5), ("Audit", 0, 6)],
            PhaseTime.Of(restore).Select(phase => (phase.Name, phase.Steps, (int)phase.Elapsed.TotalSeconds)));
    }

    [Fact]
    public void What_was_given_up_was_not_audited()
    {
        using var restore = new RestoreBook(folder.FullName, clock).Start(Plan(), []);
        Note(restore, 0, JournalKind.Began);
        restore.Journal.Note(JournalKind.Ended, text: "given up");

        Assert.Empty(PhaseTime.Of(restore));
    }

    [Fact]
    public void A_step_that_is_started_twice_in_a_row_was_cut_off_and_nobody_knows_when()
    {
        using var restore = new RestoreBook(folder.FullName, clock).Start(Plan(), []);
        Note(restore, 0, JournalKind.Started, 1);
        Note(restore, 3600, JournalKind.Started, 1);
        Note(restore, 5, JournalKind.Finished, 1);

        Assert.Equal([("Network", 5)], PhaseTime.Of(restore).Select(phase => (phase.Name, (int)phase.Elapsed.TotalSeconds)));
    }

    private void Note(OpenRestore restore, int seconds, JournalKind kind, int? step = null)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        restore.Journal.Note(kind, step);
    }

    private static RestorePlan Plan() => new()
    {
        Host = "mds1",
        Snapshot = "0123",
        SnapshotTime = DateTimeOffset.UnixEpoch,
        MadeAt = DateTimeOffset.UnixEpoch,
        Platform = new Platform(),
        Steps =
        [
            new PlannedStep(1, "network", new RunTool("one", new("true"))) { Stage = RestoreStage.Network },
            new PlannedStep(2, "packages", new RunTool("two", new("true"))) { Stage = RestoreStage.Packages },
        ],
    };
}
