using Relustre.Steps;

namespace Relustre;

/// <summary>Puts a component's files back: what differs is written, what is extra is removed, and nothing else is touched.</summary>
internal static class FileChanges
{
    public static IEnumerable<RestoreStep> Of(ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences)
    {
        var places = differences.Select(difference => new Setting(difference.Key, "").Place).ToHashSet(StringComparer.Ordinal);
        if (places.Any(place => !place.StartsWith('/') && !wanted.Tools.Concat(found.Tools).Any(tool => tool.Name == place)))
            places.UnionWith(OtherBytes(wanted, found));
        var missing = wanted.Files.Where(file => places.Contains(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var extra = found.Files.Where(file => places.Contains(file.Path) && wanted.File(file.Path) is null)
            .OrderByDescending(file => file.Path, StringComparer.Ordinal);
        return
        [
            .. missing.Where(file => file.Kind == FileKind.Directory).Select(file => new MakeFolder(file)),
            .. missing.Where(file => file.Kind == FileKind.File).Select(file => new WriteFile(file)),
            .. missing.Where(file => file.Kind == FileKind.Symlink).Select(file => new MakeLink(file)),
            .. extra.Select(file => new RemoveFile(file.Path, file.Kind == FileKind.Directory)),
        ];
    }

    // Some components tell settings by their own names and not by their files'; then every file of other bytes may hold them.
    private static IEnumerable<string> OtherBytes(ComponentState wanted, ComponentState found) =>
        from file in wanted.Files.Concat(found.Files)
        where wanted.File(file.Path) is not { } was || found.File(file.Path) is not { } isNow || !was.Content.Span.SequenceEqual(isNow.Content.Span)
        select file.Path;
}
