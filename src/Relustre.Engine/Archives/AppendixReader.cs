using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Relustre.Capture;

namespace Relustre.Archives;

/// <summary>Finds a server's configuration in an archive that the appendix's script made, or an administrator in its likeness.</summary>
internal static partial class AppendixReader
{
    [GeneratedRegex(@"\Abck-(.*)-([0-9]{8}-[0-9]{6})\z", RegexOptions.NonBacktracking)]
    private static partial Regex FolderName { get; }

    [GeneratedRegex(@"\A(?:ee-)?cluster-cfg-(.*)\.xml\z", RegexOptions.NonBacktracking)]
    private static partial Regex CibName { get; }

    [GeneratedRegex(@"\Achkconfig-output-(.*)\.sh\z", RegexOptions.NonBacktracking)]
    private static partial Regex ScriptName { get; }

    // What a server has at its top: where one of these lies, there is the server's root.
    private static readonly string[] tops = ["etc", "var", "root", "usr", "boot", "opt", "home"];

    public static async Task<AppendixArchive> ReadAsync(Stream input, string fileName, ArchiveLimits limits, CancellationToken cancel)
    {
        var name = Hosts.Harmless.Text(fileName);
        var entries = new ArchiveEntries(limits);
        try
        {
            await entries.ReadAsync(input, cancel);
            return Read(entries.Files, Path.GetFileName(fileName));
        }
        catch (ArchiveRefusedException refused)
        {
            throw new ArchiveRefusedException($"{name} cannot be imported: {refused.Message}. Nothing of it was kept.", refused);
        }
        catch (Exception damaged) when (damaged is TarDamagedException or InvalidDataException)
        {
            throw new ArchiveRefusedException($"{name} cannot be imported: it is damaged or no tar archive ({damaged.Message}). Nothing of it was kept.", damaged);
        }
    }

    private static AppendixArchive Read(IReadOnlyDictionary<string, CapturedFile> entries, string fileName)
    {
        var root = Root([.. entries.Where(entry => entry.Value.Kind != FileKind.Directory).Select(entry => entry.Key)]);
        var inside = entries.Where(entry => entry.Key.StartsWith(root, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[root.Length..], entry => entry.Value);
        var files = inside.Where(entry => IsOfServer(entry.Key, entry.Value)).Select(entry => entry.Value with { Path = "/" + entry.Key });
        var sorted = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var (host, at) = Told(root, fileName);
        return new()
        {
            HostName = new[] { host, NameIn(inside.Keys, CibName), NameIn(inside.Keys, ScriptName), OwnName(sorted) }.FirstOrDefault(name => name.Length > 0) ?? "",
            At = at,
            Files = sorted,
            Cib = Content(inside, CibName),
            RunlevelScript = Content(inside, ScriptName) is { } script ? Encoding.UTF8.GetString(script.Span) : null,
            LeftOut = [.. entries.Keys.Where(key => entries[key].Kind != FileKind.Directory && IsLeftOut(key, root)).Order(StringComparer.Ordinal)],
        };
    }

    // The folder, with its slash, in which the server's files lie at their own paths. People pack "/root/bck-…" from the top as well, so
    // a folder of that name says more than anything else.
    private static string Root(IReadOnlyList<string> paths)
    {
        var named = paths.Select(path => RootIn(path, FolderName.IsMatch, past: 1)).OfType<string>().ToHashSet();
        var roots = named.Count > 0 ? named : [.. paths.Select(path => RootIn(path, IsTop, past: 0)).OfType<string>()];
        return roots.Count switch
        {
            0 => throw new ArchiveRefusedException("it holds no etc or var folder, no cluster-cfg-HOST.xml and no chkconfig-output-HOST.sh"),
            1 => roots.Single(),
            _ => throw new ArchiveRefusedException($"it holds more than one server's files ({Some(roots)}): import them one by one"),
        };
    }

    private static string? RootIn(string path, Predicate<string> marks, int past)
    {
        var names = path.Split('/');
        var at = Array.FindIndex(names, marks);
        return at < 0 ? null : string.Concat(names.Take(at + past).Select(name => name + "/"));
    }

    private static bool IsTop(string name) => tops.Contains(name) || CibName.IsMatch(name) || ScriptName.IsMatch(name);

    private static string Some(IEnumerable<string> roots) =>
        string.Join(", ", roots.Order(StringComparer.Ordinal).Take(3).Select(root => Hosts.Harmless.Text($"./{root}")));

    private static bool IsOfServer(string path, CapturedFile file) => path.Contains('/') || (file.Kind != FileKind.File && path.Length > 0);

    private static bool IsLeftOut(string path, string root) => !path.StartsWith(root, StringComparison.Ordinal)
        || (path.LastIndexOf('/') < root.Length && path[root.Length..] is var name && !CibName.IsMatch(name) && !ScriptName.IsMatch(name) && name != AppendixWriter.ReadmeName);

    private static (string Host, DateTimeOffset? At) Told(string root, string fileName)
    {
        var folder = root.TrimEnd('/').Split('/')[^1];
        var match = new[] { folder, Path.GetFileNameWithoutExtension(fileName), Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(fileName)) }
            .Select(name => FolderName.Match(name)).FirstOrDefault(match => match.Success);
        return match is null
            ? ("", null)
            : (match.Groups[1].Value, DateTimeOffset.TryParseExact(match.Groups[2].Value, "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null);
    }

    private static string NameIn(IEnumerable<string> names, Regex pattern) =>
        names.Select(name => pattern.Match(name)).Where(match => match.Success).Select(match => match.Groups[1].Value).FirstOrDefault(name => name.Length > 0) ?? "";

    private static string OwnName(IReadOnlyList<CapturedFile> files)
    {
        var component = Catalogue.BuiltIn.Components.Single(component => component.Name == "system");
        var state = new ComponentState([.. files.Where(file => component.SourceOf(file) is not null)], []);
        return (component.Facts(state) as Facts.SystemFacts)?.HostName ?? "";
    }

    // "cluster-cfg" sorts before "ee-cluster-cfg": what the script wrote before what somebody renamed. An empty one says that the tool failed.
    private static ReadOnlyMemory<byte>? Content(Dictionary<string, CapturedFile> files, Regex name) =>
        (from file in files
         where file.Value is { Kind: FileKind.File, Content.IsEmpty: false } && name.IsMatch(file.Key)
         orderby file.Key
         select (ReadOnlyMemory<byte>?)file.Value.Content).FirstOrDefault();
}
