using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

/// <summary>A few file trees, a real vault, and backups of them.</summary>
internal sealed class SmallFleet : IAsyncDisposable
{
    public const string Password = "geheim";

    private readonly TemporaryFolder folder = new();

    public string VaultFolder => folder["vault"];

    public BlobVault Vault { get; private set; } = null!;

    public Catalogue Catalogue { get; init; } = Catalogue.BuiltIn;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public List<BackupEvent> Events { get; } = [];

    public static VaultOptions Quick { get; } = new() { ScryptN = 2 };

    public string this[string name] => folder[name];

    public async Task<SmallFleet> OpenAsync()
    {
        Directory.CreateDirectory(VaultFolder);
        Vault = await BlobVault.CreateAsync(new LocalStorage(VaultFolder), Password, Quick, Cancel);
        return this;
    }

    /// <summary>A host that is a file tree; its files are <c>path → content</c>.</summary>
    public Host Tree(string name, params (string Path, string Content)[] files)
    {
        Directory.CreateDirectory(folder[$"hosts/{name}"]);
        foreach (var (path, content) in files)
            Write(name, path, content);
        return new Host(name) { Root = folder[$"hosts/{name}"] };
    }

    /// <summary>Writes a file of a host, with a time well in the past, so that it counts as settled.</summary>
    public void Write(string host, string path, string content)
    {
        var file = folder.Write($"hosts/{host}{path}", content);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc).AddSeconds(content.Length));
    }

    public async Task<IReadOnlyList<HostOutcome>> BackUpAsync(params IReadOnlyList<Host> hosts) =>
        await BackUpAsync(hosts, new BackUpOptions { MemoryFolder = folder["memory"] });

    public async Task<IReadOnlyList<HostOutcome>> BackUpAsync(IReadOnlyList<Host> hosts, BackUpOptions options) =>
        await new BackUpFleet(Vault, new CatalogueIndex(Catalogue), Ledger.BesideVault(VaultFolder), Clock)
            .RunAsync(hosts, options, Report, Cancel);

    public BackUpOptions Options => new() { MemoryFolder = folder["memory"] };

    public async Task<SnapshotReader> ReadAsync(string host)
    {
        var snapshots = await Vault.SnapshotsAsync(Cancel).ToListAsync(Cancel);
        await Vault.LoadIndexAsync(Cancel);
        return new SnapshotReader(Vault, new SnapshotFinder(snapshots).Find(host));
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        folder.Dispose();
    }

    private void Report(BackupEvent happened)
    {
        lock (Events)
            Events.Add(happened);
    }
}
