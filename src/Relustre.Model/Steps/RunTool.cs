namespace Relustre.Steps;

/// <summary>Runs a tool of the server's that may be run again without harm.</summary>
/// <param name="Does">What it does, in a line, starting with a verb.</param>
public sealed record RunTool(string Does, RemoteCommand Command) : RestoreStep
{
    /// <summary>The tool changes files and nothing else.</summary>
    public bool ChangesFilesOnly { get; init; }

    public override bool IsOfFiles => ChangesFilesOnly;

    public override string Summary => Does;

    public override RemoteCommand On(Platform platform) => Command;
}
