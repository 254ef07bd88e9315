namespace Relustre.Sites;

/// <summary>A piece of YAML that remembers where it stands, for messages and for edits that keep everything else.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last character, comments not counted.</param>
internal abstract record YamlValue(YamlSpot Start, YamlSpot End)
{
    public sealed record Text(YamlSpot Start, YamlSpot End, string Value, bool IsPlain) : YamlValue(Start, End)
    {
        /// <summary>Nothing was written: "key:" alone, or a null.</summary>
        public bool IsEmpty => IsPlain && Value is "" or "~" or "null";
    }

    public sealed record List(YamlSpot Start, YamlSpot End, bool IsFlow, IReadOnlyList<YamlValue> Items) : YamlValue(Start, End);

    public sealed record Map(YamlSpot Start, YamlSpot End, IReadOnlyList<YamlEntry> Entries) : YamlValue(Start, End);

    public string Kind => this switch
    {
        Text { IsEmpty: true } => "nothing",
        Text => "a text",
        List => "a list",
        _ => "a mapping",
    };
}
