namespace Relustre.Sites;

/// <summary>
/// Finds the vault's password. The first of these that is there counts: <c>--password-file</c>, <c>--password-command</c>,
/// <c>$RELUSTRE_PASSWORD</c>, <c>$RELUSTRE_PASSWORD_FILE</c>, <c>$RELUSTRE_PASSWORD_COMMAND</c>, systemd's credential
/// <c>relustre.password</c>, site.yaml's <c>password-file</c> or <c>password-command</c>, <c>keys/vault.password</c>.
/// </summary>
public sealed class VaultPassword(Func<string, string?> environment, Action<string> warn)
{
    /// <summary>The <c>--password-file</c> option.</summary>
    public string? File { get; init; }

    /// <summary>The <c>--password-command</c> option.</summary>
    public string? Command { get; init; }

    /// <summary>The password that was named for this run; null: none was, so the site's own counts.</summary>
    public async Task<string?> NamedAsync(CancellationToken cancel)
    {
        if (File is not null && Command is not null)
            throw new PasswordException("both --password-file and --password-command; give one");
        if (File is not null)
            return FromFile(File);
        if (Command is not null)
            return await PasswordCommand.RunAsync(Command, cancel);
        if (environment("RELUSTRE_PASSWORD") is { Length: > 0 } password)
            return Usable(password, "$RELUSTRE_PASSWORD");
        if (environment("RELUSTRE_PASSWORD_FILE") is { Length: > 0 } file)
            return FromFile(file);
        if (environment("RELUSTRE_PASSWORD_COMMAND") is { Length: > 0 } command)
            return await PasswordCommand.RunAsync(command, cancel);
        return Credential() is { } credential ? FromFile(credential) : null;
    }

    /// <exception cref="PasswordException">There is none.</exception>
    public async Task<string> ForAsync(Site site, CancellationToken cancel)
    {
        if (await NamedAsync(cancel) is { } named)
            return named;
        if (site.File.PasswordFile is { } file)
            return FromFile(site.At(file));
        if (site.File.PasswordCommand is { } command)
            return await PasswordCommand.RunAsync(command, cancel);
        return FromFile(site.At(SiteFolder.PasswordFile));
    }

    internal static string Usable(string text, string source)
    {
        // As restic does, so that the same file opens the vault with both.
        var password = text.Trim();
        return password.Length > 0 ? password : throw new PasswordException($"{source} holds no password: it is empty");
    }

    private string FromFile(string path)
    {
        try
        {
            WarnWhenOpen(path);
            return Usable(System.IO.File.ReadAllText(path), path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PasswordException(
                $"the vault's password is not there: {path} does not exist. Name it with --password-file, --password-command or $RELUSTRE_PASSWORD_FILE",
                missing);
        }
        catch (UnauthorizedAccessException denied) when (!Directory.Exists(path))
        {
            throw new PasswordException($"the vault's password may not be read by this user from {path}: run this as the one whose site it is (sudo), or name another password by --password-file", denied);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            throw new PasswordException($"the vault's password cannot be read from {path}: {(Directory.Exists(path) ? "it is a folder" : unreadable.Message)}", unreadable);
        }
    }

    // Only a warning: on a rescue stick with a FAT file system nothing can be made private, and the night is short.
    private void WarnWhenOpen(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (System.IO.File.Exists(path) && (System.IO.File.GetUnixFileMode(path) & others) != 0
            && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/proc/", StringComparison.Ordinal))
            warn($"{path} can be read by others on this machine; close it: chmod 600 {path}");
    }

    private string? Credential()
    {
        if (environment("CREDENTIALS_DIRECTORY") is not { Length: > 0 } folder)
            return null;
        var path = Path.Combine(folder, "relustre.password");
        return System.IO.File.Exists(path) ? path : null;
    }
}
