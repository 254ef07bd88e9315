using Relustre.Vault.Index;
using Relustre.Vault.Packs;

namespace Relustre.Vault.Checking;

/// <summary>Reads every index file by itself and checks that each pack's description can be true.</summary>
internal sealed class IndexCheck(CheckContext context)
{
    public async Task<VaultContents> RunAsync(CancellationToken cancel)
    {
        var contents = new VaultContents();
        var listing = await context.Files.Storage.ListAsync(StorageArea.Index, cancel);
        for (var done = 0; done < listing.Count; done++)
        {
            await CheckFileAsync(listing[done].Name, contents, cancel);
            context.Progress?.Report(new CheckProgress("index", done + 1, listing.Count));
        }

        return contents;
    }

    private async Task CheckFileAsync(BlobId id, VaultContents contents, CancellationToken cancel)
    {
        var what = Storage.NameOf(StorageArea.Index, id);
        try
        {
            // A file that is gone since the listing was replaced by another.
            if (await context.Files.ReadAsync(StorageArea.Index, id, cancel) is not { } json)
                return;
            foreach (var pack in IndexCodec.Decode(json, what))
                await CheckPackAsync(what, pack, contents, cancel);
        }
        catch (VaultDamagedException damaged)
        {
            await context.DamageAsync(what, damaged.Problem, cancel,
                "'restic rebuild-index' ('restic repair index' from 0.16 on) makes a new one from the packs, and the file can then be deleted");
        }
    }

    private async Task CheckPackAsync(string what, Pack pack, VaultContents contents, CancellationToken cancel)
    {
        var name = Storage.NameOf(StorageArea.Data, pack.Id);
        if (!contents.Add(pack))
            await context.NoteAsync(what, $"{name} stands in another index file too", "harmless: 'restic prune' tidies it", cancel);
        if (pack.Blobs.Any(blob => blob.Kind != pack.Blobs[0].Kind))
            await context.NoteAsync(what, $"{name} mixes content and listings", "harmless: 'restic prune' rewrites it", cancel);
        if (!IsGapless(pack))
            await context.DamageAsync(what, $"its blobs in {name} overlap or leave gaps", cancel, "'restic rebuild-index' makes a new index from the packs");
    }

    private static bool IsGapless(Pack pack)
    {
        long end = 0;
        foreach (var blob in pack.Blobs.OrderBy(blob => blob.Offset))
        {
            if (blob.Offset != end)
                return false;
            end += blob.Length;
        }

        return true;
    }
}
