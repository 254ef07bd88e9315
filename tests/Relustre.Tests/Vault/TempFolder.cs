namespace Relustre.Tests.Vault;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("relustre-vault-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    // Not by .NET: it cannot name files whose names are no UTF-8.
    public void Dispose()
    {
        using var rm = System.Diagnostics.Process.Start("rm", ["-rf", "--", Path]);
        rm.WaitForExit();
    }
}
