using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Relustre.Vault.Checking;
using Relustre.Vault.Files;
using Relustre.Vault.Index;
using Relustre.Vault.Keys;
using Relustre.Vault.Locks;
using Relustre.Vault.Packs;
using Relustre.Vault.Sealing;
using Relustre.Vault.Snapshots;
using Relustre.Vault.Trees;

namespace Relustre.Vault;

/// <summary>
/// A vault: snapshots of trees of files, each content stored once, sealed, in restic's repository format.
/// One object serves many threads. Work under a lock (<see cref="LockAsync"/>), and put blobs, then
/// <see cref="FlushAsync"/>, then snapshots.
/// </summary>
public sealed class BlobVault : IAsyncDisposable
{
    /// <summary>The largest piece of content; a listing may be larger.</summary>
    public const int MaxBlobSize = 8 << 20;

    // No write takes that long, on whatever storage.
    private static readonly TimeSpan LeftOverAfter = TimeSpan.FromDays(1);

    private readonly Storage storage;
    private readonly VaultConfig config;
    private readonly VaultOptions options;
    private readonly Sealer sealer;
    private readonly VaultFiles files;
    private readonly BlobIndex index = new();
    private readonly FaultReport faults = new();
    private readonly IndexFiles indexFiles;
    private readonly PackWriter writer;
    private readonly BlobReader reader;
    private readonly BlobIntake intake;
    private readonly Holdings holdings;
    private readonly SnapshotFiles snapshots;
    private readonly LockKeeper locks;

    private BlobVault(Storage storage, SealKeys keys, VaultConfig config, VaultOptions options)
    {
        this.storage = storage;
        this.config = config;
        this.options = options;
        Id = config.Id;
        sealer = new Sealer(keys);
        files = new VaultFiles(storage, sealer);
        indexFiles = new IndexFiles(files, index, faults);
        writer = new PackWriter(files, indexFiles, index);
        reader = new BlobReader(files, indexFiles, index, writer);
        intake = new BlobIntake(indexFiles, writer, reader);
        holdings = new Holdings(writer, reader);
        snapshots = new SnapshotFiles(files, faults);
        locks = new LockKeeper(files, options);
    }

    /// <summary>The vault's identity, the same in every copy of it.</summary>
    public BlobId Id { get; }

    /// <summary>Where it is, as an administrator would write it.</summary>
    public string Location => storage.Location;

    /// <summary>Hears of damaged files that were met and passed over. Called by one thread at a time.</summary>
    public Action<VaultFault>? Faults
    {
        get => faults.Listener;
        set => faults.Listener = value;
    }

    /// <summary>For tests that forge what a stranger with the key could write.</summary>
    internal Sealer Sealer => sealer;

    /// <summary>How many blobs are known; 0 until the index was read.</summary>
    public int BlobCount => index.Count;

    /// <exception cref="VaultExistsException">There is one already.</exception>
    public static async Task<BlobVault> CreateAsync(Storage storage, string password, VaultOptions options, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(password);
        await new VaultPlace(storage).ClearForNewAsync(cancel);
        var keys = KeyRing.NewMaster();
        var config = new VaultConfig(new BlobId(RandomNumberGenerator.GetBytes(BlobId.Size)), Polynomial.RandomIrreducible());
        await new KeyRing(storage).AddAsync(keys, password, options, cancel);

        // The config comes last: without it there is no vault, so an interrupted start can be repeated.
        using var sealer = new Sealer(keys);
        await storage.WriteAsync(StorageArea.Config, default, sealer.Seal(config.Encode()), cancel);
        return new BlobVault(storage, keys, config, options);
    }

    /// <exception cref="VaultMissingException">There is none.</exception>
    /// <exception cref="WrongPasswordException">No key opens.</exception>
    public static async Task<BlobVault> OpenAsync(Storage storage, string password, VaultOptions options, CancellationToken cancel)
    {
        var config = await new VaultPlace(storage).ConfigAsync(cancel);
        var keys = await new KeyRing(storage).OpenAsync(password, cancel);
        using var sealer = new Sealer(keys);
        return new BlobVault(storage, keys, VaultConfig.Open(config, sealer), options);
    }

    /// <summary>
    /// A vault that has all that is in this one, and whose own changes stay in memory and go with it: to capture a server
    /// for a comparison without leaving a trace, also in a vault that may only be read.
    /// </summary>
    public BlobVault InMemory() => new(new OverlayStorage(storage), sealer.Keys, config, options);

    /// <summary>Takes a lock that restic honours too. The index is read again under it when it had been read before.</summary>
    /// <exception cref="VaultLockedException">Somebody else has one that excludes this.</exception>
    public async Task<VaultLock> LockAsync(bool exclusive, CancellationToken cancel)
    {
        var held = await locks.AcquireAsync(exclusive, cancel);
        try
        {
            if (indexFiles.IsLoaded)
                await indexFiles.LoadAsync(cancel);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the index files that are new. Once before the first put, and again after each lock.</summary>
    public Task LoadIndexAsync(CancellationToken cancel) => indexFiles.LoadAsync(cancel);

    /// <summary>
    /// Once before a sweep, under its lock: reads the index, and notices packs that are lost or cut, which it tells to
    /// <see cref="Faults"/>. What lay in them counts as absent from then on, so that a put stores it anew. Also removes what
    /// an interrupted write left behind a day ago or earlier.
    /// </summary>
    public async Task PrepareToWriteAsync(CancellationToken cancel)
    {
        await storage.TidyAsync(options.Time.GetUtcNow() - LeftOverAfter, cancel);
        await indexFiles.DisownLostAsync(cancel);
        holdings.Forget();
    }

    /// <summary>
    /// After damage was met: what lies in the same packs counts as absent from now on, and whatever else comes again is read
    /// before it is believed to be there.
    /// </summary>
    public void DisownDamaged()
    {
        intake.Doubt();
        indexFiles.DisownSpoilt();
        holdings.Forget();
    }

    /// <summary>Whether a tree and all below it is there, without reading content. Costs nothing while nothing is known to be missing.</summary>
    public ValueTask<bool> HoldsAsync(BlobId tree, CancellationToken cancel) => indexFiles.IsWhole
        ? ValueTask.FromResult(Has(BlobKind.Tree, tree))
        : holdings.HaveAllAsync(tree, cancel);

    /// <summary>
    /// After a sweep that stored lost content anew: takes packs out of the index of which nothing is missing any more, when
    /// nobody else works on the vault. Without it the vault is as good for us, and restic wants its index rebuilt first.
    /// </summary>
    public async Task ForgetReplacedPacksAsync(CancellationToken cancel)
    {
        if (indexFiles.IsWhole)
            return;
        try
        {
            await using var alone = await LockAsync(exclusive: true, cancel);
            await indexFiles.ForgetReplacedAsync(cancel);
        }
        catch (VaultLockedException)
        {
            // Another time.
        }
    }

    public bool Has(BlobKind kind, BlobId id) => writer.Has(kind, id);

    /// <summary>Stores <paramref name="content"/> unless it is there, and returns its address.</summary>
    public ValueTask<BlobId> PutAsync(BlobKind kind, ReadOnlyMemory<byte> content, CancellationToken cancel) => intake.PutAsync(kind, content, cancel);

    /// <summary>Stores a file's content in pieces of 1 MiB; an empty file has none.</summary>
    public ValueTask<IReadOnlyList<BlobId>> PutContentAsync(ReadOnlyMemory<byte> content, CancellationToken cancel) => intake.PutContentAsync(content, cancel);

    /// <summary>Stores a listing whose content and listings were put before.</summary>
    /// <exception cref="ArgumentException">A name no file can have, a name twice, or a blob that was not put.</exception>
    /// <exception cref="VaultDamagedException">A blob that it names was found to be lost meanwhile.</exception>
    public ValueTask<BlobId> PutTreeAsync(Tree tree, CancellationToken cancel) => intake.PutTreeAsync(tree, cancel);

    /// <summary>A blob's content, verified against its address.</summary>
    /// <exception cref="VaultDamagedException">It is not there, or not what was stored.</exception>
    public ValueTask<byte[]> GetAsync(BlobKind kind, BlobId id, CancellationToken cancel) => reader.GetAsync(kind, id, cancel);

    public async ValueTask<Tree> GetTreeAsync(BlobId id, CancellationToken cancel) =>
        TreeDecoder.Decode(await reader.GetAsync(BlobKind.Tree, id, cancel), $"listing {id.Short}");

    /// <summary>Makes all that was put durable, in shared packs and one index file.</summary>
    public Task FlushAsync(CancellationToken cancel) => writer.FlushAsync(cancel);

    /// <summary>Writes a snapshot of a tree that was flushed, and returns its id.</summary>
    /// <exception cref="ArgumentException">The tree is not durable yet.</exception>
    public async Task<BlobId> PutSnapshotAsync(SnapshotRecord record, CancellationToken cancel)
    {
        writer.ThrowIfFailed();
        if (!index.IsDurable(BlobKind.Tree, record.Tree))
            throw new ArgumentException($"tree {record.Tree.Short} is not flushed: a snapshot must never name what a crash could lose");
        return await snapshots.PutAsync(record, cancel);
    }

    /// <summary>All snapshots, oldest first; damaged ones are told to <see cref="Faults"/> and left out.</summary>
    public async IAsyncEnumerable<StoredSnapshot> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var snapshot in await snapshots.ReadAllAsync(cancel))
            yield return snapshot;
    }

    /// <summary>Null when there is no such snapshot.</summary>
    public ValueTask<StoredSnapshot?> GetSnapshotAsync(BlobId id, CancellationToken cancel) => snapshots.ReadAsync(id, cancel);

    /// <summary>False when it was not there. Its blobs stay until a prune.</summary>
    public ValueTask<bool> RemoveSnapshotAsync(BlobId id, CancellationToken cancel) =>
        storage.DeleteAsync(StorageArea.Snapshots, id, cancel);

    /// <summary>Looks at everything, and with <paramref name="readData"/> at every byte. Best under an exclusive lock.</summary>
    public IAsyncEnumerable<VaultFault> CheckAsync(bool readData, IProgress<CheckProgress>? progress, CancellationToken cancel) =>
        new VaultChecker(files, readData, progress).RunAsync(cancel);

    /// <summary>Lets another password open this vault.</summary>
    public Task<BlobId> AddKeyAsync(string password, CancellationToken cancel) =>
        new KeyRing(storage).AddAsync(sealer.Keys, password, options, cancel);

    /// <summary>All key files; damaged ones are told to <see cref="Faults"/> and left out.</summary>
    public IAsyncEnumerable<VaultKey> KeysAsync(CancellationToken cancel) => new KeyRing(storage).AllAsync(faults, cancel);

    public ValueTask DisposeAsync()
    {
        indexFiles.Dispose();
        sealer.Dispose();
        return ValueTask.CompletedTask;
    }
}
