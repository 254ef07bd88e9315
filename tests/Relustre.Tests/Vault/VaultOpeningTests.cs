using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>Making a vault, opening it, and what an administrator is told when that fails.</summary>
public sealed class VaultOpeningTests
{
    private readonly MemoryStorage storage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_vault_in_the_same_place_is_refused()
    {
        await (await TestVault.CreateAsync(storage)).DisposeAsync();

        var refused = await Assert.ThrowsAsync<VaultExistsException>(() => TestVault.CreateAsync(storage));

        Assert.Contains("memory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_broke_off_can_be_repeated()
    {
        storage.BeforeChange = area =>
        {
            if (area == StorageArea.Config)
                throw new VaultFullException("full");
        };
        await Assert.ThrowsAsync<VaultFullException>(() => TestVault.CreateAsync(storage));
        await Assert.ThrowsAsync<VaultMissingException>(() => TestVault.OpenAsync(storage));

        storage.BeforeChange = _ => { };
        await using var vault = await TestVault.CreateAsync(storage);

        Assert.Single(await storage.ListAsync(StorageArea.Keys, Cancel));
        Assert.Empty(await TestVault.CheckAsync(vault));
    }

    [Fact]
    public async Task No_vault_is_told_with_the_place_and_a_way_on()
    {
        var missing = await Assert.ThrowsAsync<VaultMissingException>(() => TestVault.OpenAsync(new LocalStorage("/nonexistent/vault")));

        Assert.Contains("/nonexistent/vault", missing.Message, StringComparison.Ordinal);
        Assert.Contains("relustre init", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        await (await TestVault.CreateAsync(storage)).DisposeAsync();

        await Assert.ThrowsAsync<WrongPasswordException>(() => BlobVault.OpenAsync(storage, "guess", TestVault.Options, Cancel));
    }

    [Fact]
    public async Task Not_more_than_twenty_keys_are_tried()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        for (var key = 0; key < 30; key++)
            await vault.AddKeyAsync($"password {key}", Cancel);

        var opened = 0;
        for (var key = 0; key < 30; key++)
        {
            try
            {
                await (await BlobVault.OpenAsync(storage, $"password {key}", TestVault.Options, Cancel)).DisposeAsync();
                opened++;
            }
            catch (WrongPasswordException wrong)
            {
                Assert.Contains("first 20", wrong.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(opened, 19, 20);
    }
}
