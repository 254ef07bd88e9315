namespace Relustre.Sites;

/// <summary>A key and what it says.</summary>
internal sealed record YamlEntry(YamlValue.Text Key, YamlValue Value);
