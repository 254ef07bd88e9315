using Relustre.Sites;

namespace Relustre.Tests.Sites;

public sealed class VaultPasswordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly List<string> warnings = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_source_that_is_there_counts()
    {
        folder.Write("site.yaml", "password-command: echo site\n");
        folder.Write("credentials/relustre.password", "credential");
        environment["CREDENTIALS_DIRECTORY"] = folder["credentials"];
        environment["RELUSTRE_PASSWORD_COMMAND"] = "echo variable-command";
        environment["RELUSTRE_PASSWORD_FILE"] = folder.Write("pf", "variable-file\n");
        environment["RELUSTRE_PASSWORD"] = " variable ";
        var found = new List<string> { await Password(file: folder.Write("of", "option\n")), await Password(command: "echo command") };
        foreach (var name in new[] { "RELUSTRE_PASSWORD", "RELUSTRE_PASSWORD_FILE", "RELUSTRE_PASSWORD_COMMAND", "CREDENTIALS_DIRECTORY" })
        {
            found.Add(await Password());
            environment.Remove(name);
        }
        found.Add(await Password());
        folder.Write("site.yaml", "");
        folder.Write("keys/vault.password", "own\n");
        found.Add(await Password());

        Assert.Equal(["option", "command", "variable", "variable-file", "variable-command", "credential", "site", "own"], found);
    }

    [Fact]
    public async Task A_password_file_that_others_can_read_is_warned_about()
    {
        var file = folder.Write("p", "secret");
        File.SetUnixFileMode(file, DurableFile.OwnerOnly);
        await Password(file: file);
        Assert.Empty(warnings);

        File.SetUnixFileMode(file, DurableFile.OwnerOnly | UnixFileMode.GroupRead);
        await Password(file: file);

        Assert.Contains("chmod 600", Assert.Single(warnings));
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("echo no such entry >&2; exit 1", "no such entry")]
    [InlineData("true", "holds no password")]
    [InlineData("echo s3cret; exit 1", "exit code 1")]
    public async Task A_password_command_that_fails_says_so_and_never_what_it_printed(string command, string message)
    {
        var failed = await Assert.ThrowsAsync<PasswordException>(() => Password(command: command));

        Assert.Contains(message, failed.Message);
        Assert.DoesNotContain("s3cret", failed.Message.Replace(command, ""));
    }

    [Fact]
    public async Task A_password_command_that_floods_both_ends_ends()
    {
        var password = await Password(command: "head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2");

        Assert.Equal(64 * 1024, password.Length);
    }

    [Fact]
    public async Task What_is_missing_or_empty_is_named_with_the_next_step()
    {
        folder.Write("empty", " \n");

        Assert.Contains("--password-file", (await Assert.ThrowsAsync<PasswordException>(() => Password())).Message);
        Assert.Contains("empty", (await Assert.ThrowsAsync<PasswordException>(() => Password(file: folder["empty"]))).Message);
        Assert.Contains("it is a folder", (await Assert.ThrowsAsync<PasswordException>(() => Password(file: folder.Path))).Message);
        Assert.Contains("give one", (await Assert.ThrowsAsync<PasswordException>(() => Password("a", "b"))).Message);
    }

    private Task<string> Password(string? file = null, string? command = null)
    {
        if (!File.Exists(folder["site.yaml"]))
            folder.Write("site.yaml", "");
        return new VaultPassword(environment.GetValueOrDefault, warnings.Add) { File = file, Command = command }
            .ForAsync(Site.Open(folder.Path), Cancel);
    }
}
