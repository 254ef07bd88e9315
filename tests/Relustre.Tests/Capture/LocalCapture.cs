using Relustre.Capture;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

/// <summary>A whole capture in one call: listing, files and tools.</summary>
internal sealed record LocalCapture(
    FileListing Listing, IReadOnlyDictionary<string, CapturedFile> Files, IReadOnlyList<ComponentOutput> Tools, IReadOnlyList<CaptureProblem> Problems)
{
    public static Task<LocalCapture> OfTreeAsync(string root, params IReadOnlyList<Source> sources) =>
        OfAsync(new Host("tree") { Root = root }, ["sh"], sources);

    public static Task<LocalCapture> OfAsync(Host host, IReadOnlyList<string> shell, params IReadOnlyList<Source> sources) =>
        OfAsync(host, shell, CaptureLimits.Default, sources);

    public static async Task<LocalCapture> OfAsync(Host host, IReadOnlyList<string> shell, CaptureLimits limits, params IReadOnlyList<Source> sources)
    {
        var script = CollectorScript.For(SampleComponent.Catalogue(sources));
        await using var session = await OpenAsync(host, shell, script, limits);
        return await OfAsync(session);
    }

    public static Task<CaptureSession> OpenAsync(Host host, IReadOnlyList<string> shell, CollectorScript script, CaptureLimits limits) =>
        CaptureSession.OpenAsync(new LocalConnection(host, shell, CollectorScript.Bootstrap, host.Root ?? ""), script, limits,
            TimeProvider.System, TestContext.Current.CancellationToken);

    public static async Task<LocalCapture> OfAsync(CaptureSession session)
    {
        var cancel = TestContext.Current.CancellationToken;
        var listing = await session.ListAsync(cancel);
        var files = new Dictionary<string, CapturedFile>(StringComparer.Ordinal);
        await foreach (var file in session.ReadAsync(listing.Entries, cancel))
            files[file.Path] = file;
        return new(listing, files, await session.ToolsAsync(cancel), [.. session.Problems]);
    }
}
