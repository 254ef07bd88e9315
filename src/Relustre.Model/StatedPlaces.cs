using System.Security.Cryptography;

namespace Relustre;

/// <summary>What one state of a component says, by file and tool; of files also what they are: kind, mode, owner, label.</summary>
internal sealed class StatedPlaces
{
    // So many settings are told, of more only their number.
    private const int MaxNamed = 3;

    private static readonly string[] MergedFolders = ["/lib/", "/lib64/", "/bin/", "/sbin/"];

    private readonly Component component;
    private readonly Dictionary<string, CapturedFile> files;
    private readonly Dictionary<string, ToolOutput> tools;
    private readonly ILookup<string, Setting> settings;
    private readonly HashSet<string> wholes;

    public StatedPlaces(Component component, ComponentState state)
    {
        this.component = component;
        files = state.Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path);
        tools = state.Tools.DistinctBy(tool => tool.Name).ToDictionary(tool => tool.Name);
        settings = component.Read(state).ToLookup(setting => setting.Place);
        wholes = [.. settings.Select(place => Setting.WholeOf(place.Key))];
    }

    /// <summary>Every place that there is or that could have been.</summary>
    public IEnumerable<string> Names => files.Keys.Concat(settings.Select(place => place.Key)).Concat(tools.Keys).Distinct();

    public bool Has(string place) => files.ContainsKey(place)
        || (tools.TryGetValue(place, out var tool) ? tool.Outcome == ToolOutcome.Answered : settings.Contains(place) || wholes.Contains(place));

    public IEnumerable<Setting> At(string place) =>
        files.TryGetValue(place, out var file) ? [.. settings[place], .. AboutFile(file)] : settings[place];

    /// <summary>Lines of its text that may hold a secret, whatever settings they became: a file need not be in the format that we think.</summary>
    public IEnumerable<string> SecretLines(string place) =>
        files.TryGetValue(place, out var file) ? ShownText.HiddenLines(component, new ComponentState([file], []))
        : tools.TryGetValue(place, out var tool) ? ShownText.HiddenLines(component, new ComponentState([], [tool]))
        : [];

    /// <summary>What there is at a place, in a word, where the other side has nothing of it.</summary>
    public string Summary(string place) => files.TryGetValue(place, out var file)
        ? Words(file.Kind)
        : settings[place].ToList() is { Count: > 0 and <= MaxNamed } few ? string.Join(", ", few.Select(Said)) : $"{Below(place)} settings";

    private static string Said(Setting setting) => $"{setting.Key[Math.Min(setting.Place.Length + 2, setting.Key.Length)..]} {setting.Shown}".Trim();

    private int Below(string place) => settings.Contains(place) ? settings[place].Count() : settings.Where(part => Setting.WholeOf(part.Key) == place).Sum(part => part.Count());

    /// <summary>Why there is nothing; null: it simply is not there.</summary>
    public string? Absence(string place) => tools.GetValueOrDefault(place) switch
    {
        { Outcome: ToolOutcome.Failed } tool => $"(failed with exit code {tool.ExitCode})",
        { Outcome: ToolOutcome.TimedOut } => "(did not end in time)",
        { Outcome: ToolOutcome.Truncated } => "(printed too much)",
        { Outcome: ToolOutcome.Rubbish } => "(printed something else)",
        _ => null,
    };

    private IEnumerable<Setting> AboutFile(CapturedFile file)
    {
        var source = component.SourceOf(file);
        yield return About(file, "(kind)", file.Kind == FileKind.Symlink ? $"symlink to {Merged(file.LinkTarget)}" : Words(file.Kind));
        yield return About(file, "(owner)", $"{Name(file.User, file.UserId)}:{Name(file.Group, file.GroupId)}");
        if (file.Kind != FileKind.Symlink)
            yield return About(file, "(mode)", Convert.ToString(file.Mode, toBase: 8).PadLeft(4, '0'));
        foreach (var attribute in file.Attributes)
            yield return About(file, $"({attribute.Name})", Convert.ToHexStringLower(attribute.Value.Span));
        // Bytes whose meaning we do not know are compared as bytes; their digest may give a short secret away.
        if (file.Kind == FileKind.File && source?.Format == Format.Opaque)
            yield return About(file, "(content)", Convert.ToHexStringLower(SHA256.HashData(file.Content.Span))) with { IsSecret = source.IsSecret };
    }

    // Where /lib is a link to /usr/lib, both lead to the same file, and tools write one or the other.
    private static string? Merged(string? target) => target is not null && MergedFolders.Any(folder => target.StartsWith(folder, StringComparison.Ordinal)) ? $"/usr{target}" : target;

    private static Setting About(CapturedFile file, string what, string value) => new($"{file.Path}: {what}", value);

    private static string Name(string name, uint id) => name.Length > 0 ? name : $"{id}";

    private static string Words(FileKind kind) => kind switch
    {
        FileKind.File => "file",
        FileKind.Directory => "folder",
        FileKind.Symlink => "symlink",
        FileKind.Fifo => "fifo",
        FileKind.BlockDevice => "block device",
        _ => "character device",
    };
}
