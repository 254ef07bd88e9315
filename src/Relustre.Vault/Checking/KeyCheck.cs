using Relustre.Vault.Keys;

namespace Relustre.Vault.Checking;

/// <summary>Checks what everything else depends on: the config and the keys.</summary>
internal sealed class KeyCheck(CheckContext context)
{
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
            VaultConfig.Open(await new VaultPlace(context.Files.Storage).ConfigAsync(cancel), context.Files.Sealer);
        }
        catch (VaultDamagedException damaged)
        {
            await context.DamageAsync(damaged.What, damaged.Problem, cancel);
        }
        catch (VaultException other) when (other is VaultFormatException or VaultMissingException)
        {
            await context.DamageAsync(VaultConfig.What, other.Message, cancel);
        }
    }
}
