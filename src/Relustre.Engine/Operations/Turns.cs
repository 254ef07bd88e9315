namespace Relustre.Operations;

internal static class Turns
{
    extension(SemaphoreSlim turns)
    {
        /// <summary>Does <paramref name="work"/> when it is its turn, and gives the turn on.</summary>
        public async Task<T> HoldingAsync<T>(Func<Task<T>> work, CancellationToken cancel)
        {
            await turns.WaitAsync(cancel);
            try
            {
                return await work();
            }
            finally
            {
                turns.Release();
            }
        }
    }
}
