namespace Relustre.Cli;

/// <summary>A command cannot do what was asked; the message says why and what to do next.</summary>
internal sealed class CommandFailedException(string message, ExitCode code = ExitCode.Failed) : Exception(message)
{
    public ExitCode Code { get; } = code;
}
