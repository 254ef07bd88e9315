using Relustre.Vault;

namespace Relustre.Tests.Vault;

public sealed class MemoryStorageTests : StorageLaws
{
    protected override Storage NewStorage() => new MemoryStorage();
}
