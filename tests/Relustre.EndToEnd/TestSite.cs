namespace Relustre.EndToEnd;

/// <summary>A site of the lab's servers in a folder of its own, worked by the program itself.</summary>
internal sealed class TestSite : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relustre-e2e-").FullName;

    public string Folder => Path.Combine(folder, "site");

    public string Vault => Path.Combine(Folder, "vault");

    public string Password => Path.Combine(Folder, "keys", "vault.password");

    public static async Task<TestSite> OfAsync(Lab lab)
    {
        var site = new TestSite();
        (await site.RunAsync("init")).Ending();
        foreach (var (name, address) in lab.Servers)
            (await site.RunAsync("host", "add", name, "--address", address, "--pair", PairOf(name), "--user", "root", "--identity", lab.Key, "--ssh-option", $"UserKnownHostsFile={lab.KnownHosts}")).Ending();
        return site;
    }

    public string New(string name) => Path.Combine(folder, name);

    public Task<Answer> RunAsync(params string[] arguments) =>
        Shell.RunAsync(Repository.Relustre, [.. arguments, "--site", Folder], Lab.Cancel);

    /// <summary>The same where this machine's programs are found on another path.</summary>
    public Task<Answer> RunOnPathAsync(string path, params string[] arguments) =>
        Shell.RunAsync("env", [$"PATH={path}", Repository.Relustre, .. arguments, "--site", Folder], Lab.Cancel);

    /// <summary>The same vault, seen by restic.</summary>
    public Task<Answer> ResticAsync(params string[] arguments) =>
        Shell.RunAsync("restic", ["-r", Vault, "--password-file", Password, "--no-cache", .. arguments], Lab.Cancel);

    // mds1 and mds2 are one cluster, oss1 and oss2 another, oss3 and oss4 a third.
    private static string PairOf(string name) => $"{name[..3]}{(name[^1] - '1') / 2}";

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
