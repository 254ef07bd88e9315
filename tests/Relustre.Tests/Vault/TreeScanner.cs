using System.Globalization;
using System.Text;
using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>Puts a folder of this machine into a vault, names and all, as an engine would; below its own absolute path.</summary>
internal sealed class TreeScanner(BlobVault vault, string root)
{
    private const int Fields = 13;
    private readonly Dictionary<string, List<TreeNode>> folders = [];

    /// <summary>The snapshot's root tree. Latin-1 strings stand for raw bytes.</summary>
    public async Task<BlobId> ScanAsync(bool withInodes = false)
    {
        foreach (var entry in (await EntriesAsync()).OrderByDescending(entry => entry.Path.Count(letter => letter == '/')).ThenByDescending(entry => entry.Path.Length))
            await AddAsync(entry, withInodes);
        return await vault.PutTreeAsync(new Tree(folders[""]), TestVault.Cancel);
    }

    private async Task<List<(string Path, string[] Fields)>> EntriesAsync()
    {
        var outcome = await Shell.BashAsync("/", $$"""
            p={{root}}; parents=; while [ "$p" != / ]; do p=$(dirname "$p"); [ "$p" = / ] || parents="$parents $p"; done
            find {{root}} -printf '%y\0%m\0%U\0%G\0%u\0%g\0%s\0%n\0%i\0%D\0%T@\0%l\0%p\0'
            [ -z "$parents" ] || find $parents -maxdepth 0 -printf '%y\0%m\0%U\0%G\0%u\0%g\0%s\0%n\0%i\0%D\0%T@\0%l\0%p\0'
            """);
        var fields = Encoding.Latin1.GetString(outcome.Succeed().Output).Split('\0')[..^1];
        return [.. fields.Chunk(Fields).Select(entry => (entry[^1], entry))];
    }

    private async Task AddAsync((string Path, string[] Fields) entry, bool withInodes)
    {
        var (path, fields) = entry;
        var raw = Encoding.Latin1.GetBytes(path + "\0");
        var type = fields[0] switch { "d" => NodeType.Directory, "l" => NodeType.Symlink, "p" => NodeType.Fifo, "c" => NodeType.CharacterDevice, "b" => NodeType.BlockDevice, "s" => NodeType.Socket, _ => NodeType.File };
        var content = type == NodeType.File ? Lstat.Read(raw) : [];
        var slash = path.LastIndexOf('/');
        var links = ulong.Parse(fields[7], CultureInfo.InvariantCulture);
        var hard = withInodes || (links > 1 && type == NodeType.File);
        var node = new TreeNode
        {
            Name = Encoding.Latin1.GetBytes(path[(slash + 1)..]),
            Type = type,
            UnixMode = Convert.ToInt32(fields[1], 8),
            UserId = uint.Parse(fields[2], CultureInfo.InvariantCulture),
            GroupId = uint.Parse(fields[3], CultureInfo.InvariantCulture),
            User = char.IsDigit(fields[4][0]) ? "" : fields[4],
            Group = char.IsDigit(fields[5][0]) ? "" : fields[5],
            Size = (ulong)content.Length,
            Links = type is NodeType.Directory or NodeType.Fifo ? 0 : links,
            Inode = hard ? ulong.Parse(fields[8], CultureInfo.InvariantCulture) : 0,
            DeviceId = hard ? ulong.Parse(fields[9], CultureInfo.InvariantCulture) : 0,
            Modified = Time(fields[10]),
            LinkTarget = type == NodeType.Symlink ? Encoding.Latin1.GetBytes(fields[11]) : null,
            Device = type is NodeType.CharacterDevice or NodeType.BlockDevice ? await DeviceAsync(path) : 0,
            Attributes = [.. Lstat.Attributes(raw).Select(name => new NodeAttribute(Encoding.UTF8.GetString(name), Lstat.Attribute(raw, [.. name, 0])!))],
            Content = await vault.PutContentAsync(content, TestVault.Cancel),
            Subtree = type == NodeType.Directory ? await vault.PutTreeAsync(new Tree(folders.GetValueOrDefault(path) ?? []), TestVault.Cancel) : null,
        };
        var parent = path[..slash];
        if (!folders.TryGetValue(parent, out var siblings))
            folders[parent] = siblings = [];
        siblings.Add(node);
    }

    // find prints both of the kernel's numbers side by side, also before 1970: "-5.0000000070" is 7 ns after -5 s.
    private static NodeTime Time(string text) => text.Split('.') is [var seconds, var fraction]
        ? new NodeTime(long.Parse(seconds, CultureInfo.InvariantCulture), int.Parse(fraction[..9], CultureInfo.InvariantCulture))
        : default;

    private static async Task<ulong> DeviceAsync(string path)
    {
        var numbers = (await Shell.RunAsync("stat", ["-c", "%t %T", path], _ => { })).Succeed().Text.Trim().Split(' ');
        return DeviceNumber.From(Convert.ToUInt32(numbers[0], 16), Convert.ToUInt32(numbers[1], 16));
    }
}
