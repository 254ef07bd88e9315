using System.Diagnostics;

namespace Relustre.EndToEnd;

/// <summary>Waiting for real machines: asks again and again, and fails with what did not happen when the time is over.</summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static async Task UntilAsync(string what, int seconds, Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), $"not within {seconds} s: {what}");
            await Task.Delay(Pause, Lab.Cancel);
        }
    }
}
