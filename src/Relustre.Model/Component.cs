namespace Relustre;

/// <summary>
/// One part of a server's configuration: where it lives in every era and release, and what it means. It describes and never
/// acts; its body is declarations.
/// </summary>
public abstract class Component(string name, RestoreStage stage)
{
    /// <summary>Lower case, words joined by a hyphen; a folder's name in every snapshot, so never renamed.</summary>
    public string Name { get; } = name;

    public RestoreStage Stage { get; } = stage;

    /// <summary>Where it lives.</summary>
    public abstract IReadOnlyList<Source> Sources { get; }

    /// <summary>What it says: the settings of all sources, by the formats that stand beside them.</summary>
    public virtual IEnumerable<Setting> Read(ComponentState state) =>
    [
        .. from file in state.Files
           where file.Kind == FileKind.File
           let source = SourceOf(file)
           where source is not null
           from setting in source.Format.Read(file.Text)
           select setting with { Key = $"{file.Path}: {setting.Key}", IsSecret = setting.IsSecret || source.IsSecret },
        .. from output in state.Tools
           let source = Sources.OfType<Source.Tool>().FirstOrDefault(tool => tool.Name == output.Name)
           where source is not null
           from setting in source.Format.Read(output.Text)
           select setting with { Key = $"{output.Name}: {setting.Key}", IsSecret = setting.IsSecret || source.IsSecret },
    ];

    /// <summary>What it is, typed, for the snapshot's manifest: never a secret; null where the server has nothing of it.</summary>
    public virtual ComponentFacts? Facts(ComponentState state) => null;

    /// <summary>The first source whose pattern has this file; null: it belongs to another component.</summary>
    public Source.Files? SourceOf(CapturedFile file) =>
        Sources.OfType<Source.Files>().FirstOrDefault(source => PathPattern.Matches(source, file.Path));

    protected static Source.Files File(string pattern) => new(pattern);

    protected static Source.Files File(string pattern, Format format) => new(pattern) { Format = format };

    protected static Source.Files SecretFile(string pattern) => new(pattern) { IsSecret = true };

    protected static Source.Files SecretFile(string pattern, Format format) => new(pattern) { Format = format, IsSecret = true };

    protected static Source.Tool Tool(string name, string command) => new(name, command);

    protected static Source.Tool Tool(string name, string command, Format format) => new(name, command) { Format = format };
}
