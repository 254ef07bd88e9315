using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>Makes a raw listing what a capture can rely on: only what was asked for, each path once, folders above folders.</summary>
internal sealed class ListingFilter(CataloguePaths asked, UnixTime clock)
{
    private readonly Dictionary<string, ListedFile> byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> ancestors = new(StringComparer.Ordinal);

    public (FileListing Listing, IReadOnlyList<CaptureProblem> Problems) Apply(IReadOnlyList<ListedFile> raw)
    {
        foreach (var entry in raw)
            byPath.TryAdd(entry.Path, entry);
        var wanted = byPath.Values.Where(entry => asked.Ask(entry.Path)).OrderBy(entry => entry.Path, StringComparer.Ordinal).ToList();
        var reached = wanted.Where(entry => Blocker(entry.Path) is null).ToList();
        foreach (var entry in reached)
            NoteAncestors(entry.Path);
        ancestors.ExceptWith(reached.Select(entry => entry.Path));
        var entries = reached.Select(Settled).Concat(ancestors.Select(path => AsAncestor(byPath[path])))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal).ToList();
        return (new(entries, Digest(entries)), Behind(wanted, reached));
    }

    // The nearest thing above that is no folder; "" when a folder above was not listed, as if it were gone by now.
    private string? Blocker(string path)
    {
        for (var above = Above(path); above is not null; above = Above(above))
        {
            if (!byPath.TryGetValue(above, out var entry))
                return "";
            if (entry.Kind != FileKind.Directory)
                return above;
        }
        return null;
    }

    private void NoteAncestors(string path)
    {
        for (var above = Above(path); above is not null && ancestors.Add(above); above = Above(above))
        {
        }
    }

    /// <summary>The folders above a path, the nearest first.</summary>
    public static IEnumerable<string> Ancestors(string path)
    {
        for (var above = Above(path); above is not null; above = Above(above))
            yield return above;
    }

    private static string? Above(string path) => path == "/" ? null : path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    // What changed only just now may change again within the clock's grain and look the same, so it never counts as known.
    private ListedFile Settled(ListedFile entry) => Age(entry.Changed) < (entry.Changed.Nanoseconds == 0 ? 2_000_000_000 : 100_000_000)
        ? entry with { Fingerprint = Hash($"{entry.Fingerprint} as of {clock.Seconds}.{clock.Nanoseconds}")[..32] }
        : entry;

    private Int128 Age(UnixTime time) =>
        ((Int128)clock.Seconds - time.Seconds) * 1_000_000_000 + clock.Nanoseconds - time.Nanoseconds;

    private static ListedFile AsAncestor(ListedFile entry) => entry with
    {
        IsAncestor = true,
        Fingerprint = Hash($"{entry.Kind} {entry.Mode} {entry.UserId} {entry.GroupId} {entry.Path}")[..32],
    };

    private static string Digest(IReadOnlyList<ListedFile> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries)
            hash.AppendData(Encoding.ASCII.GetBytes(entry.Fingerprint));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A name behind a link is no loss where the same file has been captured under its own.
    private List<CaptureProblem> Behind(List<ListedFile> wanted, List<ListedFile> reached)
    {
        var captured = reached.Select(entry => (entry.Device, entry.Inode)).ToHashSet();
        var lost = from entry in wanted
                   where !captured.Contains((entry.Device, entry.Inode))
                   group entry by Blocker(entry.Path) into behind
                   where behind.Key is not (null or "")
                   select behind;
        return [.. lost.Select(behind => new CaptureProblem(behind.Key!,
            $"is {Kind(byPath[behind.Key!])}, so {behind.Count()} entries below it were not captured, the first being "
            + $"{Harmless.Text(behind.First().Path)}; name their real folder in site.yaml", CaptureProblemKind.BehindSymlink))];
    }

    private static string Kind(ListedFile entry) => entry.LinkTarget is { } target ? $"a symlink to {Harmless.Text(target)}" : "no folder";

    // Lone surrogates stand for bytes that are no text, and must not all become the same.
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
}
