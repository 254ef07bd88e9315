namespace Relustre.Capture;

/// <summary>What one tool of one component said.</summary>
public sealed record ComponentOutput(string Component, ToolOutput Output)
{
    /// <summary>Its files as one number, of a tool that reads nothing else (<see cref="Source.Tool.Reads"/>).</summary>
    public string? Seen { get; init; }

    /// <summary>It was not asked: its files have the number that is known of them, so it would say what it said then. Its output is not here.</summary>
    public bool Stands { get; init; }

    /// <summary>Component and tool as the collector names them.</summary>
    internal string Key => KeyOf(Component, Output.Name);

    internal static string KeyOf(string component, string tool) => $"{component}:{tool}";
}
