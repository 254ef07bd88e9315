namespace Relustre.Tests.Vault;

/// <summary>Debian's restic on a vault of ours: the judge who has never seen our code.</summary>
internal sealed class Restic(string vault)
{
    // What restic says without failing when something is not as it would have written it.
    private static readonly string[] Complaints =
        ["error", "Fatal", "not referenced", "additional files", "contained in several", "mixed", "different data", "Duplicate"];

    public Task<Shell.Outcome> RunAsync(params string[] arguments) => Shell.RunAsync("restic", ["--no-cache", .. arguments], info =>
    {
        info.Environment["RESTIC_REPOSITORY"] = vault;
        info.Environment["RESTIC_PASSWORD"] = TestVault.Password;
        info.Environment["HOME"] = vault;
        info.Environment["XDG_CACHE_HOME"] = "/nonexistent";
        info.Environment["GOGC"] = "400";
    });

    public async Task<string> SucceedAsync(params string[] arguments) => (await RunAsync(arguments)).Succeed().Text;

    /// <summary>restic reads every byte and has nothing to say.</summary>
    public async Task AssertCleanAsync()
    {
        var outcome = await RunAsync("check", "--read-data");

        Assert.True(outcome.Exit == 0, outcome.Text + outcome.Errors);
        Assert.Contains("no errors were found", outcome.Text, StringComparison.Ordinal);
        var said = (outcome.Text + outcome.Errors).Replace("no errors were found", "", StringComparison.Ordinal)
            .Replace("check snapshots, trees and blobs", "", StringComparison.Ordinal);
        Assert.All(Complaints, complaint => Assert.DoesNotContain(complaint, said, StringComparison.OrdinalIgnoreCase));
    }
}
