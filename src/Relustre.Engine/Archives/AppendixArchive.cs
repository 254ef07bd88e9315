using Relustre.Capture;
using Relustre.Facts;

namespace Relustre.Archives;

/// <summary>
/// One server's configuration as the appendix's script keeps it: <c>bck-HOST-YYYYMMDD-HHMMSS.tgz</c> with a folder of that name,
/// in it every file at its own path, the cluster's CIB, and a script that puts the services' runlevels back.
/// </summary>
public sealed record AppendixArchive
{
    /// <summary>Empty: the archive does not tell.</summary>
    public required string HostName { get; init; }

    /// <summary>The server's own clock, without a zone: read as if it were UTC. Null: the archive does not tell.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>By path, ordinal.</summary>
    public required IReadOnlyList<CapturedFile> Files { get; init; }

    /// <summary>Null: the cluster was down. It holds passwords.</summary>
    public ReadOnlyMemory<byte>? Cib { get; init; }

    /// <summary>The script, as text to read: nobody should run what came with an archive. Null: there was none.</summary>
    public string? RunlevelScript { get; init; }

    /// <summary>Names in the archive that are no part of the server's configuration.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The archive's folder; with ".tgz" its file name.</summary>
    public string Name => $"bck-{SafeHostName}-{At ?? DateTimeOffset.UnixEpoch:yyyyMMdd-HHmmss}";

    internal string SafeHostName =>
        string.Concat(HostName.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));

    /// <summary>A capture as such an archive.</summary>
    public static AppendixArchive Of(string hostName, DateTimeOffset at, IReadOnlyList<CapturedFile> files, IReadOnlyList<ComponentOutput> tools) => new()
    {
        HostName = hostName,
        At = at,
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)],
        Cib = tools.FirstOrDefault(tool => tool is { Component: "pacemaker", Output: { Name: "cib.xml", Outcome: ToolOutcome.Answered } })?.Output.Output
            ?? NewestOnDisk(files),
        RunlevelScript = Services(files, tools) is { } services ? Archives.RunlevelScript.Of(services) : null,
    };

    public Task WriteAsync(Stream output, CancellationToken cancel) => AppendixWriter.WriteAsync(this, output, cancel);

    /// <param name="fileName">The archive's own, which may tell host and time where its content does not.</param>
    /// <exception cref="ArchiveRefusedException">It is damaged, hostile, or something else.</exception>
    public static Task<AppendixArchive> ReadAsync(Stream input, string fileName, ArchiveLimits limits, CancellationToken cancel) =>
        AppendixReader.ReadAsync(input, fileName, limits, cancel);

    private static ReadOnlyMemory<byte>? NewestOnDisk(IReadOnlyList<CapturedFile> files) =>
        files.FirstOrDefault(file => file is { Path: "/var/lib/pacemaker/cib/cib.xml", Content.IsEmpty: false })?.Content
        ?? files.FirstOrDefault(file => file is { Path: "/var/lib/heartbeat/crm/cib.xml", Content.IsEmpty: false })?.Content;

    private static ServicesFacts? Services(IReadOnlyList<CapturedFile> files, IReadOnlyList<ComponentOutput> tools)
    {
        var component = Catalogue.BuiltIn.Components.Single(component => component.Name == "services");
        var said = tools.Where(tool => tool.Component == component.Name).Select(tool => tool.Output).ToList();
        return said.Count == 0 ? null : component.Facts(new([.. files.Where(file => component.SourceOf(file) is not null)], said)) as ServicesFacts;
    }
}
