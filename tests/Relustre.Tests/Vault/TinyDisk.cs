namespace Relustre.Tests.Vault;

/// <summary>A small disk in memory, mounted for one test: the real thing that a full or read-only disk is.</summary>
internal sealed class TinyDisk(string path) : IAsyncDisposable
{
    public static async Task<TinyDisk> MountAsync(string path, string options)
    {
        Directory.CreateDirectory(path);
        (await Shell.RunAsync("mount", ["-t", "tmpfs", "-o", options, "relustre-test", path], _ => { })).Succeed();
        return new TinyDisk(path);
    }

    public async Task RemountReadOnlyAsync() =>
        (await Shell.RunAsync("mount", ["-o", "remount,ro", path], _ => { })).Succeed();

    public async ValueTask DisposeAsync() => await Shell.RunAsync("umount", [path], _ => { });
}
