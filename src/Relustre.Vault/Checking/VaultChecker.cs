using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Relustre.Vault.Files;

namespace Relustre.Vault.Checking;

/// <summary>Looks for everything that would keep a snapshot from coming back as it was, and never stops at the first.</summary>
internal sealed class VaultChecker(VaultFiles files, bool readData, IProgress<CheckProgress>? progress)
{
    public async IAsyncEnumerable<VaultFault> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var found = Channel.CreateBounded<VaultFault>(64);
        var work = Task.Run(() => CheckAllAsync(new CheckContext(files, found.Writer, progress), stop.Token), CancellationToken.None);
        try
        {
            await foreach (var fault in found.Reader.ReadAllAsync(cancel))
                yield return fault;
        }
        finally
        {
            // A reader who stops early must not leave us working.
            await stop.CancelAsync();
            await work;
        }
    }

    private async Task CheckAllAsync(CheckContext context, CancellationToken cancel)
    {
        try
        {
            // Snapshots are listed first: the index of one that is written meanwhile is then already there.
            var snapshots = await files.Storage.ListAsync(StorageArea.Snapshots, cancel);
            await new KeyCheck(context).RunAsync(cancel);
            var contents = await new IndexCheck(context).RunAsync(cancel);
            var packs = await new PackCheck(context, contents).RunAsync(cancel);
            await new TreeCheck(context, contents, packs).RunAsync(snapshots, cancel);
            if (readData)
                await new DataCheck(context, contents).RunAsync(packs, cancel);
            context.Faults.Complete();
        }
        catch (Exception failure)
        {
            context.Faults.TryComplete(failure);
        }
    }
}
