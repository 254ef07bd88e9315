namespace Relustre.Cli.Output;

/// <summary>One line on a terminal that tells where long work is; nothing at all elsewhere.</summary>
internal sealed class StatusLine(Screen screen, bool wanted, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock turn = new();
    private long? shown;

    public void Show(string text)
    {
        lock (turn)
        {
            if (!wanted || !screen.CanAnimate || (shown is { } last && clock.GetElapsedTime(last) < Pause))
                return;
            shown = clock.GetTimestamp();
            screen.Status(text);
        }
    }

    public void Clear()
    {
        lock (turn)
        {
            if (shown is not null)
                screen.Status("");
            shown = null;
        }
    }

    public void Dispose() => Clear();
}
