using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>One run of one verb: what was typed, where, and where to print.</summary>
internal sealed class CommandRun(ParseResult line, GlobalOptions global, Surroundings outside, Screen screen)
{
    public Screen Screen { get; } = screen;

    public Surroundings Outside { get; } = outside;

    public Command Root => line.RootCommandResult.Command;

    public bool HasProgress => !Screen.IsJson && !line.GetValue(global.NoProgress);

    public string? PasswordFile => line.GetValue(global.PasswordFile) is { } file ? Path.GetFullPath(file, Outside.Folder) : null;

    public string? PasswordCommand => line.GetValue(global.PasswordCommand);

    /// <summary>Where <c>init</c> makes a site.</summary>
    public string NewSiteFolder => SiteFinder.Place(line.GetValue(global.Site), Outside.Environment(SiteFinder.Variable), Outside.Folder);

    public VaultPassword Password => new(Outside.Environment, Screen.Warn) { File = PasswordFile, Command = PasswordCommand };

    public T? Value<T>(Option<T> option) => line.GetValue(option);

    public T? Value<T>(Argument<T> argument) => line.GetValue(argument);

    /// <summary>Who sits here; behind sudo, who called it.</summary>
    public Author Author => new(Outside.Environment("SUDO_USER") is { Length: > 0 } caller ? caller : Environment.UserName, Environment.MachineName);

    /// <summary>A path that was typed, seen from the current folder.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Outside.Folder);

    public Site OpenSite() =>
        Site.Open(SiteFinder.Find(line.GetValue(global.Site), Outside.Environment(SiteFinder.Variable), Outside.Folder));

    /// <summary>What was accepted and waived in this site, to be read or added to.</summary>
    public static DecisionLog DecisionsOf(Site site) => DecisionLog.BesideVault(site.VaultFolder, Environment.MachineName);

    /// <summary>What a person types when asked; null: there is nobody to ask.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancel)
    {
        Screen.Ask(question);
        return (await Outside.Input.ReadLineAsync(cancel))?.Trim();
    }

    /// <summary>The site's vault. Damaged files that are met on the way are named and passed over.</summary>
    public async Task<BlobVault> OpenVaultAsync(Site site, CancellationToken cancel)
    {
        var password = await Password.ForAsync(site, cancel);
        var vault = await BlobVault.OpenAsync(new LocalStorage(site.VaultFolder), password, new VaultOptions { Time = Outside.Clock }, cancel);
        vault.Faults = fault => Screen.Warn(fault.ToString());
        return vault;
    }

    /// <summary>The snapshot that <paramref name="wanted"/> means, ready to be read.</summary>
    public static async Task<SnapshotReader> FindAsync(BlobVault vault, string wanted, CancellationToken cancel)
    {
        var snapshots = await vault.SnapshotsAsync(cancel).ToListAsync(cancel);
        var found = new SnapshotFinder(snapshots).Find(wanted);
        await vault.LoadIndexAsync(cancel);
        return new SnapshotReader(vault, found);
    }
}
