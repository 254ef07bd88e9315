namespace Relustre.Sites;

/// <summary>Lets those who edit one site.yaml at the same moment do it one after the other. The system frees it with its process.</summary>
internal sealed class SiteTurn : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FileStream file;

    private SiteTurn(FileStream file) => this.file = file;

    public static async Task<SiteTurn> TakeAsync(string folder, TimeProvider clock, CancellationToken cancel)
    {
        var path = Path.Combine(folder, ".site.lock");
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new(new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = DurableFile.OwnerOnly,
                }));
            }
            catch (IOException) when (File.Exists(path) && clock.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancel);
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
            {
                throw new SiteException($"{path} cannot be locked: {refused.Message}", refused);
            }
        }
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
