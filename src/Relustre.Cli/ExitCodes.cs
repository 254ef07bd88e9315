namespace Relustre.Cli;

/// <summary>The one table of exit codes; help, man pages and docs/exit-codes.md are printed from it.</summary>
internal static class ExitCodes
{
    public static IReadOnlyList<(ExitCode Code, string Meaning)> All { get; } =
    [
        (ExitCode.Done, "Done: everything that was asked for."),
        (ExitCode.Failed, "Failed. The last lines on standard error say why and what to do next."),
        (ExitCode.Usage, "The command line was not understood; nothing was done."),
        (ExitCode.SomeHostsFailed, "Some servers, or parts of a server, could not be read; the rest is done, and what was backed up is safe."),
        (ExitCode.NoVault, "There is no site or no vault there."),
        (ExitCode.Locked, "The vault is locked by another run."),
        (ExitCode.WrongPassword, "The password does not open the vault, or there is none."),
        (ExitCode.Drift, "Findings: a server is not as its baseline has it (at or above --fail-on)."),
        (ExitCode.GateRefused, "A gate refused: going on could have hurt a server or its cluster."),
        (ExitCode.Interrupted, "Interrupted (Ctrl-C); what was finished before is kept."),
    ];

    public static string Meaning(ExitCode code) => All.First(row => row.Code == code).Meaning;
}
