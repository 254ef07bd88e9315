using Relustre.Archives;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli;

/// <summary>The one place where an exception becomes a message and an exit code.</summary>
internal static class ErrorBoundary
{
    public static async Task<ExitCode> RunAsync(Func<Task<ExitCode>> work, Screen screen, bool debug, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            screen.Error("interrupted; what was finished before is kept");
            return ExitCode.Interrupted;
        }
        catch (Exception failure)
        {
            screen.Error(Message(failure));
            if (debug)
                screen.Note(failure.ToString());
            return CodeOf(failure);
        }
    }

    private static string Message(Exception failure) => IsOurs(failure)
        ? failure.Message
        : $"""
            {failure.GetType().Name}: {failure.Message}
            This is a bug in Relustre, not your mistake. Please report it with the output of the same command and --debug
            """;

    private static bool IsOurs(Exception failure) => failure is CommandFailedException or SiteException or VaultException or HostException
        or SnapshotNotFoundException or SnapshotUnreadableException or TargetNotEmptyException or RestoreException or ArchiveRefusedException or NotBlamedException or IOException or UnauthorizedAccessException;

    private static ExitCode CodeOf(Exception failure) => failure switch
    {
        CommandFailedException ours => ours.Code,
        SiteMissingException or VaultMissingException => ExitCode.NoVault,
        VaultLockedException => ExitCode.Locked,
        UnknownHostException => ExitCode.Usage,
        PasswordException or WrongPasswordException => ExitCode.WrongPassword,
        _ => ExitCode.Failed,
    };
}
