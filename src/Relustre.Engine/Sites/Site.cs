using System.Text;
using Relustre.Capture;
using Relustre.Components;
using Relustre.Hosts;

namespace Relustre.Sites;

/// <summary>A folder with a site.yaml: the servers, their vault and its keys.</summary>
public sealed class Site
{
    private const int LongestFile = 16 * 1024 * 1024;

    private Site(string folder, SiteFile file)
    {
        Folder = folder;
        File = file;
    }

    public string Folder { get; }

    public SiteFile File { get; }

    public string VaultFolder => At(File.Vault);

    /// <summary>Where a backup remembers what it read of each server, so that an unchanged one costs little.</summary>
    public string MemoryFolder => Path.Combine(Folder, "memory");

    /// <summary>Plans and journals of restores.</summary>
    public string RestoresFolder => Path.Combine(Folder, "restores");

    /// <summary>Plans that were printed, to hold a restore to one.</summary>
    public string PlansFolder => Path.Combine(Folder, "plans");

    public CaptureLimits Limits => new()
    {
        Entries = File.Limits.Files ?? CaptureLimits.Default.Entries,
        FileSize = File.Limits.FileSize ?? CaptureLimits.Default.FileSize,
        TotalBytes = File.Limits.TotalSize ?? CaptureLimits.Default.TotalBytes,
        WholeTime = File.Limits.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : CaptureLimits.Default.WholeTime,
        Silence = File.Limits.Silence is { } seconds ? TimeSpan.FromSeconds(seconds) : CaptureLimits.Default.Silence,
        ListingBytes = File.Limits.ListingSize ?? CaptureLimits.Default.ListingBytes,
    };

    /// <summary>What is read of a server: the site's own paths included, private SSH keys only where they are wanted.</summary>
    public Catalogue CatalogueFor(bool sshKeys)
    {
        var whole = Catalogue.BuiltIn.Components;
        var ssh = new PublicSsh(whole.Single(component => component.Name == "ssh"));
        var components = sshKeys ? whole : whole.Select(component => component.Name == ssh.Name ? ssh : component);
        return new(
        [
            .. components,
            .. File.Paths.Count > 0 ? [new SiteFiles(File.Paths, sshKeys ? [] : ssh.Private)] : Array.Empty<Component>(),
        ]);
    }

    /// <summary>How a server is reached.</summary>
    public Host HostOf(HostEntry entry) => new(entry.Name)
    {
        Address = entry.Address ?? entry.Name,
        User = entry.User,
        Port = entry.Port,
        Root = entry.Root,
        UseSudo = entry.Sudo,
        IdentityFile = entry.Identity is { } key ? At(key) : null,
        KnownHostsFile = File.KnownHosts is { } known ? At(known) : null,
        HostKeyTrust = File.HostKeys == HostKeyPolicy.Strict ? HostKeyTrust.Known : HostKeyTrust.AcceptNew,
        SshOptions = entry.SshOptions,
    };

    /// <exception cref="SiteFileException">With every problem, its line and its column.</exception>
    public static Site Open(string folder)
    {
        var path = Path.Combine(folder, SiteFile.Name);
        return new(folder, SiteFileReader.Read(Load(path), path));
    }

    /// <summary>Where a path of site.yaml leads: relative ones start in the site's folder, "~/" in the user's.</summary>
    public string At(string path) => path.StartsWith("~/", StringComparison.Ordinal)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
        : Path.GetFullPath(path, Folder);

    /// <summary>The servers of these names or pairs, each once; all of the site where none is named.</summary>
    /// <exception cref="UnknownHostException">A name is neither, and the message says which one is near.</exception>
    public IReadOnlyList<HostEntry> Choose(IReadOnlyList<string> names) => names.Count == 0
        ? File.Hosts
        : [.. names.SelectMany(Named).DistinctBy(host => host.Name)];

    private IEnumerable<HostEntry> Named(string name)
    {
        var found = File.Hosts.Where(host => host.Name == name).ToList();
        if (found.Count == 0)
            found = [.. File.Hosts.Where(host => host.Pair == name)];
        if (found.Count == 0 && name == HostEntry.Local)
            found = [new(HostEntry.Local)];
        return found.Count > 0
            ? found
            : throw new UnknownHostException(name, File.Hosts.Select(host => host.Name).Append(HostEntry.Local));
    }

    /// <summary>Writes one more server into site.yaml.</summary>
    public Task<Site> AddAsync(HostEntry host, TimeProvider clock, CancellationToken cancel) => EditAsync(
        (site, text) => HostRules.Complaint(host) is { } complaint
            ? throw new SiteException($"{complaint}; nothing was changed")
            : site.File.Hosts.Any(other => other.Name == host.Name)
            ? throw new SiteException($"this site has a server '{host.Name}' already; edit {Path.Combine(Folder, SiteFile.Name)} to change it")
            : SiteEdit.Add(text, host),
        clock, cancel);

    /// <summary>Takes a server out of site.yaml. Its snapshots stay in the vault.</summary>
    public Task<Site> RemoveAsync(string name, TimeProvider clock, CancellationToken cancel) => EditAsync(
        (site, text) => site.File.Hosts.Any(other => other.Name == name)
            ? SiteEdit.Remove(text, name)
            : throw new UnknownHostException(name, site.File.Hosts.Select(host => host.Name)),
        clock, cancel);

    /// <summary>Writes one more path of the site's own into site.yaml.</summary>
    public Task<Site> AddPathAsync(string path, TimeProvider clock, CancellationToken cancel) => EditAsync(
        (site, text) => HostRules.Pattern(path) is { } complaint
            ? throw new SiteException($"{complaint}; nothing was changed")
            : site.File.Paths.Contains(path) ? throw new SiteException($"{path} is among this site's paths already") : PathEdit.Add(text, path),
        clock, cancel);

    private async Task<Site> EditAsync(Func<Site, string, string> edit, TimeProvider clock, CancellationToken cancel)
    {
        var path = Path.Combine(Folder, SiteFile.Name);
        await using var turn = await SiteTurn.TakeAsync(Folder, clock, cancel);
        // What stands there now counts, not what stood there when we started.
        var text = Load(path);
        var current = new Site(Folder, SiteFileReader.Read(text, path));
        var changed = edit(current, text);
        // What could not be read again is never written over what can.
        _ = SiteFileReader.Read(changed, path);
        await DurableFile.WriteAsync(path, Encoding.UTF8.GetBytes(changed), cancel);
        return Open(Folder) is { } edited && (edited.File.Hosts.Count, edited.File.Paths.Count) != (current.File.Hosts.Count, current.File.Paths.Count)
            ? edited
            : throw new SiteException($"{path} was changed by somebody else at the same moment; run the command again");
    }

    private static string Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile)
                throw new SiteFileException(path, [new(1, 1, $"larger than {LongestFile / 1024 / 1024} MiB: this is no site.yaml")]);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(System.IO.File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException odd)
        {
            var line = System.IO.File.ReadAllBytes(path).AsSpan(0, Math.Max(0, odd.Index)).Count((byte)'\n') + 1;
            throw new SiteFileException(path, [new(line, 1, $"byte 0x{odd.BytesUnknown?.FirstOrDefault():x2} is no UTF-8 text")]);
        }
        catch (UnauthorizedAccessException denied) when (!Directory.Exists(path))
        {
            throw new SiteException($"{path} may not be read by this user: run this as the one whose site it is (sudo), or name another site by --site DIR", denied);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or IOException)
        {
            throw new SiteException($"{path} cannot be read: {(Directory.Exists(path) ? "it is a folder" : unreadable.Message)}", unreadable);
        }
    }
}
