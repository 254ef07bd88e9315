using System.Collections.Concurrent;
using System.Text;

namespace Relustre.Tests.Laws;

/// <summary>All components of one server together, each as it was recorded somewhere: what an audit of a whole server has before it.</summary>
internal sealed record WholeServer(IReadOnlyList<CapturedFile> Files, IReadOnlyDictionary<Component, IReadOnlyList<ToolOutput>> Tools)
{
    private static readonly IReadOnlyList<Component> Components = Catalogue.BuiltIn.Components;

    private static readonly ILookup<Component, RecordedHost> Recordings = RecordedHost.Names.Select(RecordedHost.Open).ToLookup(host => host.Component);

    private static readonly SourceIndex index = new(Catalogue.BuiltIn);

    private static readonly ConcurrentDictionary<string, IReadOnlyList<Component>> owners = new();

    /// <summary>So many servers that every recording is in one.</summary>
    public static int Count { get; } = Recordings.Max(same => same.Count());

    public static WholeServer Open(int number)
    {
        var hosts = Recordings.Select(same => same.ElementAt(number % same.Count())).ToList();
        return new([.. hosts.SelectMany(host => host.State.Files)], hosts.ToDictionary(host => host.Component, host => host.State.Tools));
    }

    /// <summary>What every component says about it: each finds its own files among all. Those that have the very same files and answers are not asked again.</summary>
    public IReadOnlyList<Difference> Compare(WholeServer found) =>
    [
        .. from component in Components
           let was = StateOf(component)
           let now = found.StateOf(component)
           where !was.Files.SequenceEqual(now.Files, ReferenceEqualityComparer.Instance) || !was.Tools.SequenceEqual(now.Tools, ReferenceEqualityComparer.Instance)
           from difference in component.Compare(was, now)
           select difference,
    ];

    public ComponentState StateOf(Component component) => new([.. Files.Where(file => OwnersOf(file.Path).Contains(component))], Tools[component]);

    public static IReadOnlyList<Component> OwnersOf(string path) => owners.GetOrAdd(path, index.ComponentsOf);

    public WholeServer With(CapturedFile file, CapturedFile? other) => this with { Files = [.. Files.Select(one => one == file ? other : one).OfType<CapturedFile>()] };

    /// <summary>Every text of it, with whose it is and what becomes of the server with another one.</summary>
    public IEnumerable<(Component Component, string Place, string Text, Func<string, WholeServer> Put)> Texts() =>
    [
        .. from file in Files
           where file.Kind == FileKind.File && !file.Content.Span.Contains((byte)0)
           select (OwnersOf(file.Path).Single(), file.Path, file.Text, (Func<string, WholeServer>)(text => With(file, file with { Content = Encoding.UTF8.GetBytes(text) }))),
        .. from own in Tools
           from tool in own.Value
           where tool.Outcome == ToolOutcome.Answered
           select (own.Key, tool.Name, tool.Text, (Func<string, WholeServer>)(text => With(own.Key, tool, tool with { Output = Encoding.UTF8.GetBytes(text) }))),
    ];

    private WholeServer With(Component component, ToolOutput tool, ToolOutput other) =>
        this with { Tools = Tools.ToDictionary(own => own.Key, own => own.Key == component ? [.. own.Value.Select(one => one == tool ? other : one)] : own.Value) };
}
