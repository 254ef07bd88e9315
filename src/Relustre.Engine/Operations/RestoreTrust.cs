using System.Text;
using Relustre.Audit;
using Relustre.Hosts;
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

    /// <summary>Notes the backup's host keys, once.</summary>
    public static async Task<RestoreTrust> OfAsync(Site site, HostEntry entry, StoredServer wanted, CatalogueIndex index, CancellationToken cancel)
    {
        var path = PathOf(site, entry);
        var known = File.Exists(path) ? await File.ReadAllLinesAsync(path, cancel) : [];
        var ssh = index.Catalogue.Components.FirstOrDefault(component => component.Name == "ssh");
        var state = ssh is null ? ComponentState.Empty : await wanted.StateAsync(ssh, cancel);
        IReadOnlyList<string> more = [.. state.Files.Where(IsHostKey).Select(file => $"* {Encoding.UTF8.GetString(file.Content.Span).Trim()}").Where(IsLine).Except(known)];
        if (more.Count > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await File.AppendAllLinesAsync(path, more, cancel);
        }
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
