using Relustre.Vault.Keys;

namespace Relustre.Vault.Checking;

/// <summary>Checks what everything else depends on: the config and the keys.</summary>
internal sealed class KeyCheck(CheckContext context)
{
    private const int MaxConfigSize = 64 << 10;

    public async Task RunAsync(CancellationToken cancel)
    {
        await CheckConfigAsync(cancel);
        var ring = new KeyRing(context.Files.Storage);
        foreach (var file in await ring.ListAsync(cancel))
        {
            try
            {
                await ring.ReadAsync(file.Name, cancel);
            }
            catch (VaultDamagedException damaged)
            {
                await context.DamageAsync(damaged.What, damaged.Problem, cancel, "its password opens nothing any more: add a new key, and delete this file");
            }
        }
    }

    private async Task CheckConfigAsync(CancellationToken cancel)
    {
        try
        {
            if (await context.Files.Storage.ReadAsync(StorageArea.Config, default, 0, MaxConfigSize, cancel) is { } stored)
                VaultConfig.Open(stored, context.Files.Sealer);
            else
                await context.DamageAsync(VaultConfig.What, "it is gone", cancel);
        }
        catch (VaultFormatException newer)
        {
            await context.DamageAsync(VaultConfig.What, newer.Message, cancel);
        }
        catch (VaultDamagedException damaged)
        {
            await context.DamageAsync(damaged.What, damaged.Problem, cancel);
        }
    }
}
