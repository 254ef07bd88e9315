namespace Relustre.Cli;

/// <summary>How a command ended, for scripts and monitoring. Unknown numbers mean failure.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    SomeHostsFailed = 3,
    NoVault = 10,
    Locked = 11,
    WrongPassword = 12,
    Drift = 20,
    GateRefused = 21,
    Interrupted = 130,
}
