using System.Diagnostics;

namespace Relustre.Tests.Vault;

/// <summary>Waits for what happens on other threads or in other processes.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<bool> holds)
    {
        var patience = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "it did not happen within 20 seconds");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }
}
