using System.Text.Json.Serialization;

namespace Relustre;

/// <summary>How a tool on a server answered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToolOutcome>))]
public enum ToolOutcome
{
    /// <summary>It ran and ended with 0.</summary>
    Answered,

    /// <summary>The server does not have it: normal, not an error.</summary>
    Missing,

    /// <summary>It ended with another exit code.</summary>
    Failed,

    /// <summary>It did not end within its time limit and was killed.</summary>
    TimedOut,

    /// <summary>It printed more than its size limit; the rest was dropped.</summary>
    Truncated,

    /// <summary>It ended with 0, but what it printed is not what it prints when it works.</summary>
    Rubbish,

    /// <summary>It asks a running system, and this host is a file tree.</summary>
    NotApplicable,
}
