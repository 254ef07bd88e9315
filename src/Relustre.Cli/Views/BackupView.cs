using Relustre.Cli.Output;
using Relustre.Operations;
using Spectre.Console;

namespace Relustre.Cli.Views;

/// <summary>Shows a backup while it runs: a live table on a terminal, one line for each server that ends otherwise.</summary>
internal sealed class BackupView(Screen screen, bool wanted, IReadOnlyList<string> hosts, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly BackupBoard board = new(hosts, clock);
    private readonly Lock turn = new();
    private int ended;

    /// <summary>What is said of a server of which all has been read, where that is the end of it; null: it is not.</summary>
    public string? Captured { get; init; }

    public bool IsLive => wanted && screen.CanAnimate;

    public void Report(BackupEvent happened)
    {
        board.Note(happened);
        // One server's line is its result.
        if (!wanted || IsLive || hosts.Count == 1 || LineOf(happened) is not { } line)
            return;
        lock (turn)
            screen.Note($"[{++ended}/{hosts.Count}] {line}");
    }

    private string? LineOf(BackupEvent happened) => happened switch
    {
        BackupEvent.Ended end => OutcomeLine.Of(end.Outcome),
        BackupEvent.Captured captured when Captured is { } word => $"{captured.Host}: {word}",
        _ => null,
    };

    /// <summary>Runs <paramref name="work"/> with the view beside it.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        var running = work();
        if (IsLive)
            await screen.Live().Live(BackupPicture.Of(board)).AutoClear(enabled: true).StartAsync(async picture =>
            {
                // The backup itself sees to an interruption; the picture stays until it has put everything away.
                while (!running.IsCompleted)
                {
                    picture.UpdateTarget(BackupPicture.Of(board));
                    await Task.WhenAny(running, Task.Delay(Pause, clock, CancellationToken.None));
                }
            });
        cancel.ThrowIfCancellationRequested();
        return await running;
    }
}
