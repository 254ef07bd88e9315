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
           select Placed(setting, file.Path, source),
        .. from output in state.Tools
           let source = Sources.OfType<Source.Tool>().FirstOrDefault(tool => tool.Name == output.Name)
           where source is not null
           from setting in source.Format.Read(output.Text)
           select Placed(setting, output.Name, source),
    ];

    /// <summary>Each file is read by itself, so those that are alike need not be there to compare the others.</summary>
    public virtual bool ReadsFilesApart => true;

    /// <summary>What it is, typed, for the snapshot's manifest: never a secret; null where the server has nothing of it.</summary>
    public virtual ComponentFacts? Facts(ComponentState state) => null;

    /// <summary>Whether there are any, so that its files must be at hand to tell them.</summary>
    public virtual bool TellsFacts => true;

    /// <summary>What is special about some of its settings; of several rules that match a key, the first counts.</summary>
    public virtual IReadOnlyList<KeyRule> Keys => [];

    /// <summary>What a difference in it puts at risk, unless a rule says otherwise.</summary>
    public virtual Risk Risk => Risk.Config;

    /// <summary>Why a difference in it matters, unless a rule says otherwise: one sentence without a full stop.</summary>
    public virtual string Why => "this server is not what it was when it was last known to work";

    /// <summary>How it is between the nodes of a pair, unless a rule says otherwise.</summary>
    public virtual KeyMeaning BetweenPartners => KeyMeaning.PerHost;

    /// <summary>What is not as it should be, by meaning: comments, free order and touched files are no difference.</summary>
    public IReadOnlyList<Difference> Compare(ComponentState wanted, ComponentState found) => new Comparison(this).Of(wanted, found);

    /// <summary>
    /// The steps that make <paramref name="found"/> what <paramref name="wanted"/> is. What does not differ is not touched, so
    /// there are none where nothing differs.
    /// </summary>
    public virtual IReadOnlyList<RestoreStep> Restore(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        wanted = Adapted(wanted, found, context);
        var differences = Compare(wanted, found);
        IReadOnlyList<RestoreStep> changes = differences.Count == 0 ? [] : [.. Change(wanted, found, differences, context)];
        return changes.Count == 0 ? [] : [.. BeforeChange(context), .. changes, .. AfterChange(context)];
    }

    /// <summary>
    /// What this server shall be: the backup, with what must fit the server as it is now (its cards, its disk, its living partner).
    /// </summary>
    public virtual ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) => wanted;

    /// <summary>What its restore leaves as it is, and what a person must still do: each one sentence without a full stop.</summary>
    public virtual IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context) => [];

    /// <summary>How we know that it works again, beyond that nothing differs.</summary>
    public virtual IReadOnlyList<Check> Checks(RestoreContext context) => [];

    /// <summary>What must stop before it is changed.</summary>
    protected virtual IReadOnlyList<RestoreStep> BeforeChange(RestoreContext context) => [];

    /// <summary>The change itself: its files, unless a component knows better.</summary>
    protected virtual IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        FileChanges.Of(wanted, found, differences);

    /// <summary>What makes the change take effect.</summary>
    protected virtual IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) => [];

    /// <summary>What counts for a setting of this key.</summary>
    public KeyRule RuleOf(string key)
    {
        var rule = Keys.FirstOrDefault(rule => rule.Matches(key)) ?? new KeyRule(key);
        return rule with { Meaning = rule.Meaning ?? BetweenPartners, Risk = rule.Risk ?? Risk, Why = rule.Why ?? Why };
    }

    /// <summary>The first source whose pattern has this file; null: it belongs to another component.</summary>
    public Source.Files? SourceOf(CapturedFile file) =>
        Sources.OfType<Source.Files>().FirstOrDefault(source => PathPattern.Matches(source, file.Path));

    /// <summary>Whether a captured path is one of its own.</summary>
    public bool Has(string path) => Sources.OfType<Source.Files>().Any(source => PathPattern.Matches(source, path));

    private static Setting Placed(Setting setting, string place, Source source) => setting with
    {
        Key = $"{place}: {setting.Key}",
        IsSecret = setting.IsSecret || source.IsSecret,
        Sequence = source.IsOrdered || setting.Sequence is not null ? $"{place}: {setting.Sequence}" : null,
    };

    protected static KeyRule Noise(string pattern) => new(pattern) { Meaning = KeyMeaning.Noise };

    protected static KeyRule Shared(string pattern) => new(pattern) { Meaning = KeyMeaning.Shared };

    protected static KeyRule PerHost(string pattern) => new(pattern) { Meaning = KeyMeaning.PerHost };

    protected static KeyRule Unique(string pattern) => new(pattern) { Meaning = KeyMeaning.Unique };

    protected static KeyRule Risky(string pattern, Risk risk, string why, KeyMeaning? meaning = null) =>
        new(pattern) { Risk = risk, Why = why, Meaning = meaning };

    protected static Source.Files File(string pattern) => new(pattern);

    protected static Source.Files File(string pattern, Format format) => new(pattern) { Format = format };

    protected static Source.Files SecretFile(string pattern) => new(pattern) { IsSecret = true };

    protected static Source.Files SecretFile(string pattern, Format format) => new(pattern) { Format = format, IsSecret = true };

    protected static Source.Tool Tool(string name, string command) => new(name, command);

    protected static Source.Tool Tool(string name, string command, Format format) => new(name, command) { Format = format };
}
