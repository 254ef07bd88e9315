using Relustre.Cli.Output;
using Relustre.Sites;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Makes a site with its vault and its keys.</summary>
internal sealed class InitCommand() : Verb("init", "Make a site: site.yaml, a vault, its keys")
{
    public override IReadOnlyList<string> Details =>
    [
        "Makes a folder with everything that backups need: site.yaml (your servers; edit it by hand), vault/ (the backups, a restic repository), "
            + "keys/vault.password (256 random bits, readable by you alone) and RECOVERY.txt (how to get everything back without Relustre). "
            + "Nothing is asked. The folder is --site, else $RELUSTRE_SITE, else the current one.",
        "With --password-file or --password-command the vault gets that password, and site.yaml remembers where it comes from. "
            + "A folder that is a site already is left alone; an interrupted init is simply repeated.",
        "Keep a copy of the password elsewhere: without it nobody can read the backups, you included.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre init --site /etc/relustre", "the machine's own site, which needs no --site later"),
        new("relustre init --site /srv/relustre --password-command 'pass show relustre'", "with a password store"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var folder = run.NewSiteFolder;
        var named = await run.Password.NamedAsync(cancel);
        var file = await SiteFolder.PrepareAsync(folder, own: named is not null, cancel);
        var password = named ?? await new VaultPassword(_ => null, run.Screen.Warn) { File = file }.NamedAsync(cancel);
        await MakeVaultAsync(Path.Combine(folder, "vault"), password!, run, cancel); // Named, or just made.
        var site = await SiteFolder.FinishAsync(folder, run.PasswordFile, run.PasswordCommand, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(new SiteReply(site.Folder, site.VaultFolder, file), Replies.Json.SiteReply);
        else
            Tell(run.Screen, site, file);
        return ExitCode.Done;
    }

    // An init that was interrupted after the vault finds its own.
    private static async Task MakeVaultAsync(string folder, string password, CommandRun run, CancellationToken cancel)
    {
        var options = new VaultOptions { Time = run.Outside.Clock };
        try
        {
            await using var made = await BlobVault.CreateAsync(new LocalStorage(folder), password, options, cancel);
        }
        catch (VaultExistsException)
        {
            await using var found = await BlobVault.OpenAsync(new LocalStorage(folder), password, options, cancel);
        }
    }

    private static void Tell(Screen screen, Site site, string? password)
    {
        screen.Line($"made a site in {site.Folder}");
        screen.Line($"  site.yaml            the servers; edit it by hand, or: relustre host add NAME");
        screen.Line($"  vault/               the backups, a restic repository");
        if (password is not null)
            screen.Line($"  keys/vault.password  the vault's password");
        screen.Line("  RECOVERY.txt         how to get everything back without Relustre");
        screen.Note("");
        screen.Note(password is null
            ? "Keep the password safe: without it nobody can read the backups, you included."
            : $"Copy {password} to a safe place now, away from this machine: without it nobody can read the backups, you included.");
        screen.Note("Next: relustre host add NAME, then: relustre backup");
    }
}
