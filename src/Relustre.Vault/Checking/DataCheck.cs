using Relustre.Vault.Packs;

namespace Relustre.Vault.Checking;

/// <summary>Reads every byte of every pack: its hash, its own table of contents, and each blob in it.</summary>
internal sealed class DataCheck(CheckContext context, VaultContents contents)
{
    // Packs are at most 128 MiB plus one blob.
    private const int MaxPackSize = 256 << 20;
    private readonly BlobCodec codec = new(context.Files.Sealer);
    private long done;

    public async Task RunAsync(IReadOnlyList<StoredFile> packs, CancellationToken cancel)
    {
        var total = packs.Sum(pack => pack.Size);
        await Parallel.ForEachAsync(packs, cancel, async (pack, stop) =>
        {
            foreach (var problem in await ProblemsAsync(pack, stop))
                await TellAsync(pack.Name, problem, stop);
            context.Progress?.Report(new CheckProgress("data", Interlocked.Add(ref done, pack.Size), total));
        });
    }

    // What no index names is part of no snapshot.
    private ValueTask TellAsync(BlobId pack, string problem, CancellationToken cancel) => contents.Packs.ContainsKey(pack)
        ? context.DamageAsync(Storage.NameOf(StorageArea.Data, pack), problem, cancel, CheckContext.WhenPackDamaged)
        : context.NoteAsync(Storage.NameOf(StorageArea.Data, pack), $"{problem}, and no index names it", "harmless: 'restic prune' removes it", cancel);

    private async ValueTask<List<string>> ProblemsAsync(StoredFile file, CancellationToken cancel)
    {
        if (file.Size > MaxPackSize)
            return ["it is larger than any pack can be"];

        // One that is gone was reported before, or pruned since.
        if (await context.Files.Storage.ReadAsync(StorageArea.Data, file.Name, 0, MaxPackSize, cancel) is not { } content)
            return [];
        var problems = new List<string>();
        if (BlobId.Of(content) != file.Name)
            problems.Add("its content does not match its name");
        var known = contents.Packs.GetValueOrDefault(file.Name)?.Blobs.OrderBy(blob => blob.Offset).ToList();
        var stated = Header(content, problems);
        if (stated is not null && known is not null && !stated.SequenceEqual(known))
            problems.Add("its own table of contents and the index differ");
        foreach (var blob in known ?? stated ?? [])
            CheckBlob(content, blob, problems);
        return problems;
    }

    private IReadOnlyList<PackedBlob>? Header(byte[] content, List<string> problems)
    {
        try
        {
            var length = PackHeader.StoredLength(content, content.Length);
            var header = length == 0 ? null : context.Files.Sealer.Open(content.AsSpan(content.Length - PackHeader.LengthSize - length, length));
            if (header is not null)
                return PackHeader.Decode(header, content.Length, "pack");
            problems.Add("its table of contents was changed");
        }
        catch (VaultDamagedException damaged)
        {
            problems.Add(damaged.Problem);
        }

        return null;
    }

    private void CheckBlob(byte[] content, PackedBlob blob, List<string> problems)
    {
        if ((long)blob.Offset + blob.Length > content.Length)
            problems.Add($"blob {blob.Id.Short} lies beyond its end");
        else if (codec.TryOpen(blob.Id, content.AsSpan((int)blob.Offset, (int)blob.Length), blob.PlainLength, out _) is { } problem)
            problems.Add($"blob {blob.Id.Short} {problem}");
    }
}
