using System.Text;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Steps;

namespace Relustre.Tests.Restore;

/// <summary>What a restore promises, whatever happens in the middle of it: on this machine, in a folder of its own.</summary>
public sealed class RestorerTests : IDisposable
{
    private const int Steps = 5;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("relustre-restorer");
    private readonly HostShell shell = new(new Host(Host.Localhost), TimeProvider.System);
    private readonly RestoreBook book;

    public RestorerTests() => book = new(Path.Combine(folder.FullName, "restores"), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Cut_off_before_any_step_it_goes_on_there_and_ends_the_same(int cutAt)
    {
        var done = new List<int>();
        using (var restore = book.Start(Plan(), []))
        {
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(restore, happened =>
            {
                if (happened is RestoreEvent.StepStarted { Step.Number: var number } && number == cutAt)
                    cut.Cancel();
                Note(done, happened);
            }, cut.Token));
        }

        using var again = book.Resume(book.OpenOf("mds1")!);
        Assert.IsType<RestoreOutcome.Done>(await RunAsync(again, happened => Note(done, happened), Cancel));

        Assert.Equal(Enumerable.Range(1, Steps), done);
        Assert.Equal("12345", string.Concat(Directory.GetFiles(folder.FullName, "f*").Order().Select(File.ReadAllText)));
    }

    [Fact]
    public async Task A_step_that_fails_stops_it_and_what_came_before_is_not_done_again()
    {
        using var restore = book.Start(Plan() with { Steps = [.. Plan().Steps.Take(2), Failing(3), .. Plan().Steps.Skip(3)] }, []);

        var failed = Assert.IsType<RestoreOutcome.Failed>(await RunAsync(restore, _ => { }, Cancel));

        Assert.Contains("exit code 9: because of the moon", failed.Reason, StringComparison.Ordinal);
        Assert.Equal([3, 4, 5], restore.Left.Select(step => step.Number));
        Assert.False(File.Exists(PathOf(4)));
    }

    [Fact]
    public async Task A_closed_gate_stops_it_before_its_step_and_one_that_was_opened_by_hand_does_not()
    {
        var plan = Plan() with { Steps = [.. Plan().Steps.Select(step => step.Number == 3 ? step with { Gates = ["full-moon"] } : step)] };
        using var restore = book.Start(plan, []);

        var refused = Assert.IsType<RestoreOutcome.Refused>(await RunAsync(restore, _ => { }, Cancel));
        restore.Journal.Note(JournalKind.GateOpened, text: "full-moon");
        var done = await RunAsync(restore, _ => { }, Cancel);

        Assert.Equal((3, "the moon is not full"), (refused.Step.Number, refused.Gate.Reason));
        Assert.IsType<RestoreOutcome.Done>(done);
    }

    [Theory]
    [InlineData(RestoreStage.Failback, true)]
    [InlineData(RestoreStage.Rejoin, false)]
    public async Task Only_a_cluster_that_still_settles_is_asked_again(RestoreStage stage, bool isDone)
    {
        var plan = Plan() with { Steps = [Plan().Steps[0] with { Stage = stage, Gates = ["dawn"] }] };
        using var restore = book.Start(plan, []);
        var view = new GateView { Plan = plan, Host = shell, Wanted = new Dictionary<string, ComponentFacts>() };

        var outcome = await new Restorer(restore, view, [new DawnGate()], TimeProvider.System, _ => { }).RunAsync(Cancel);

        Assert.Equal(isDone, outcome is RestoreOutcome.Done);
        Assert.Equal(isDone, File.Exists(PathOf(1)));
    }

    [Fact]
    public async Task A_gate_sees_what_a_second_look_added_to_the_plan()
    {
        var plan = Plan() with { Steps = [new PlannedStep(1, "packages", new LookAgain())] };
        using var restore = book.Start(plan, []);
        var view = new GateView { Plan = plan, Host = shell, Wanted = new Dictionary<string, ComponentFacts>() };
        var restorer = new Restorer(restore, view, [new AuthKeyGate()], TimeProvider.System, _ => { })
        {
            LookAgain = (_, _) => Task.FromResult<IReadOnlyList<PlannedStep>>([new PlannedStep(0, "corosync", new WriteFile(FileOf(1))) { Gates = ["no-key"] }]),
        };

        var refused = Assert.IsType<RestoreOutcome.Refused>(await restorer.RunAsync(Cancel));

        Assert.Equal($"it would write {PathOf(1)}", refused.Gate.Reason);
        Assert.False(File.Exists(PathOf(1)));
    }

    [Fact]
    public async Task Gates_of_one_step_are_asked_at_the_same_time()
    {
        var (there, back) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var restore = book.Start(Plan() with { Steps = [.. Plan().Steps.Take(1).Select(step => step with { Gates = ["first", "one", "other"] })] }, []);
        var view = new GateView { Plan = restore.Plan, Host = shell, Wanted = new Dictionary<string, ComponentFacts>() };
        var (done, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        done.SetResult();

        var outcome = await new Restorer(restore, view, [new MeetingGate("first", open, done), new MeetingGate("one", there, back), new MeetingGate("other", back, there)], TimeProvider.System, _ => { }).RunAsync(Cancel);

        Assert.IsType<RestoreOutcome.Done>(outcome);
    }

    [Fact]
    public void While_one_is_open_neither_the_server_nor_its_partner_is_restored()
    {
        using var restore = book.Start(Plan(), ["mds1", "mds2"]);

        Assert.Throws<RestoreBusyException>(() => book.Start(Plan(), ["mds1", "mds2"]));
        Assert.Throws<RestoreBusyException>(() => book.Start(Plan() with { Host = "mds2" }, ["mds1", "mds2"]));
        Assert.Throws<RestoreBusyException>(() => book.Resume(restore.Folder));
        restore.Journal.Note(JournalKind.Ended);
        book.Start(Plan() with { Host = "mds2" }, ["mds1", "mds2"]).Dispose();
    }

    [Fact]
    public void A_journal_that_was_cut_in_a_line_tells_all_before_it()
    {
        var place = "";
        using (var restore = book.Start(Plan(), []))
        {
            place = restore.Folder;
            restore.Journal.Note(JournalKind.Finished, 1);
            restore.Journal.Note(JournalKind.Started, 2);
        }
        var path = Path.Combine(place, "journal.jsonl");
        File.AppendAllText(path, "\n{\"at\":\"2026-11-24T22:50");

        using var again = book.Resume(place);
        again.Journal.Note(JournalKind.Finished, 2);

        Assert.Equal([3, 4, 5], again.Left.Select(step => step.Number));
        Assert.Equal([3, 4, 5], book.OpenOf("mds1") is { } open && open == place ? again.Left.Select(step => step.Number) : []);
    }

    [Fact]
    public void Plans_and_journals_are_their_owners_alone()
    {
        using var restore = book.Start(Plan(), []);

        Assert.All(Directory.GetFiles(restore.Folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(restore.Folder));
    }

    [Fact]
    public void A_plan_is_known_by_its_hash_whenever_it_was_made()
    {
        var other = Plan() with { MadeAt = DateTimeOffset.UnixEpoch.AddDays(1) };
        using var restore = book.Start(Plan(), []);
        restore.Journal.Dispose();

        Assert.Equal(Plan().Hash, other.Hash);
        Assert.Equal(Plan().Hash, book.Resume(restore.Folder).Plan.Hash);
        Assert.NotEqual(Plan().Hash, (Plan() with { Steps = [.. Plan().Steps.Take(4)] }).Hash);
    }

    private Task<RestoreOutcome> RunAsync(OpenRestore restore, Action<RestoreEvent> report, CancellationToken cancel)
    {
        var view = new GateView { Plan = restore.Plan, Host = shell, Wanted = new Dictionary<string, ComponentFacts>() };
        return new Restorer(restore, view, [new MoonGate()], TimeProvider.System, report).RunAsync(cancel);
    }

    private static void Note(List<int> done, RestoreEvent happened)
    {
        if (happened is RestoreEvent.StepFinished finished)
            done.Add(finished.Step.Number);
    }

    private RestorePlan Plan() => new()
    {
        Host = "mds1",
        Snapshot = "0123",
        SnapshotTime = DateTimeOffset.UnixEpoch,
        MadeAt = DateTimeOffset.UnixEpoch,
        Platform = new Platform(),
        Steps = [.. Enumerable.Range(1, Steps).Select(number => new PlannedStep(number, "test", new WriteFile(FileOf(number))))],
    };

    private static PlannedStep Failing(int number) =>
        new(number, "test", new RunTool("fail", new("sh", "-c", "echo because of the moon; exit 9")));

    private string PathOf(int number) => Path.Combine(folder.FullName, $"f{number}");

    private CapturedFile FileOf(int number) => new()
    {
        Path = PathOf(number),
        Kind = FileKind.File,
        Mode = 0x1A4,
        User = Environment.UserName,
        Content = Encoding.UTF8.GetBytes($"{number}"),
    };

    private sealed class MoonGate() : Gate("full-moon", "the moon is full")
    {
        protected override Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel) => Task.FromResult(Closed("the moon is not full"));
    }

    private sealed class AuthKeyGate() : Gate("no-key", "nothing is written")
    {
        protected override Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel) =>
            Task.FromResult(view.Plan.Steps.Select(step => step.Step).OfType<WriteFile>().FirstOrDefault() is { } write ? Closed($"it would write {write.File.Path}") : Open("nothing is"));
    }

    // Says that it was asked, and answers only when another was.
    private sealed class MeetingGate(string name, TaskCompletionSource asked, TaskCompletionSource other) : Gate(name, "both are asked")
    {
        protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
        {
            asked.SetResult();
            await other.Task.WaitAsync(TimeSpan.FromMinutes(1), cancel);
            return Open("they are");
        }
    }

    private sealed class DawnGate() : Gate("dawn", "the sun is up")
    {
        private int asked;

        protected override Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel) =>
            Task.FromResult(++asked > 1 ? Open("it is") : Closed("it is not yet"));
    }
}
