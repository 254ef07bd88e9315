using System.Text;
using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>
/// Which host keys a server may show while it is rebuilt: those of its backup, which come back with it, and the one that its
/// installer made. They are kept beside its restores, so that known_hosts need not change twice.
/// </summary>
public sealed record RestoreTrust(Host Host)
{
    private const string FileName = "known_hosts";

    // The file is for this server alone, so its name need not be known.
    private const string OfBackup = "* ";

    /// <summary>
    /// Meets the server, so that the key which its installer made is noted, and then notes the backup's keys. In this order: beside
    /// another key that may come, one that nobody knows is taken for a changed one.
    /// </summary>
    /// <param name="names">Under which restores of it are kept: its own, its pair's.</param>
    /// <exception cref="HostException">The server cannot be met.</exception>
    public static async Task<RestoreTrust> OfAsync(Site site, HostEntry entry, IReadOnlyList<string> names, StoredServer wanted, CatalogueIndex index, HostShells shells, TimeProvider clock, CancellationToken cancel)
    {
        var path = PathOf(site, entry);
        var book = new RestoreBook(site.RestoresFolder, clock);
        if (site.HostOf(entry).IsLocal || names.Any(name => book.OpenOf(name) is not null))
            return new RestoreTrust(HostOf(site, entry));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var noted = File.GetLastWriteTimeUtc(path);
        var before = File.Exists(path) ? await File.ReadAllLinesAsync(path, cancel) : [];
        // Which key its installer makes is met once for each restore: that of the last one went with it.
        var isOfThisRestore = names.Select(book.LastStartOf).Max() is not { } last || last < noted;
        await File.WriteAllLinesAsync(path, isOfThisRestore ? before.Where(line => !line.StartsWith(OfBackup, StringComparison.Ordinal)) : [], cancel);
        try
        {
            await shells.Of(HostOf(site, entry)).RunAsync(new RemoteCommand("true"), cancel);
        }
        catch (HostException)
        {
            await File.WriteAllLinesAsync(path, before, CancellationToken.None);
            File.SetLastWriteTimeUtc(path, noted);
            throw;
        }
        var ssh = index.Catalogue.Components.FirstOrDefault(component => component.Name == "ssh");
        var state = ssh is null ? ComponentState.Empty : await wanted.StateAsync(ssh, cancel);
        await File.AppendAllLinesAsync(path, state.Files.Where(IsHostKey).Select(file => $"{OfBackup}{Encoding.UTF8.GetString(file.Content.Span).Trim()}").Where(IsLine), cancel);
        return new RestoreTrust(HostOf(site, entry));
    }

    /// <summary>How the server is reached while it is rebuilt.</summary>
    public static Host HostOf(Site site, HostEntry entry) =>
        File.Exists(PathOf(site, entry)) ? site.HostOf(entry) with { OwnKnownHostsFile = PathOf(site, entry) } : site.HostOf(entry);

    private static string PathOf(Site site, HostEntry entry) => Path.Combine(site.RestoresFolder, entry.Name, FileName);

    private static bool IsHostKey(CapturedFile file) =>
        file.Kind == FileKind.File && file.Path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal) && file.Path.EndsWith(".pub", StringComparison.Ordinal);

    // A backup's file is what a server once sent: one line, and nothing that ssh would take for a marker.
    private static bool IsLine(string line) => line.Length < 16 * 1024 && !line.Any(char.IsControl) && line.Split(' ').Length >= 3;
}
