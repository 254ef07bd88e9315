using System.CommandLine;

namespace Relustre.Cli.Commands;

/// <summary>The table of contents: every verb, in the order in which an administrator meets them.</summary>
internal static class VerbList
{
    public static IEnumerable<Command> All =>
    [
        new InitCommand(),
        new CommandGroup("host", "Add, remove and list the servers of the site",
            new HostAddCommand(), new HostRemoveCommand(), new HostListCommand()),
        new BackupCommand(),
        new SnapshotsCommand(),
        new LsCommand(),
        new ShowCommand(),
        new DumpCommand(),
        new PlanCommand(),
        new RestoreCommand(),
        new RecoverClusterCommand(),
        new CommandGroup("fencing", "Suspend a cluster's fencing for a while, and give it back",
            new FencingSuspendCommand(), new FencingResumeCommand(), new FencingStatusCommand()),
        new CommandGroup("maintenance", "Put a cluster in maintenance for a while, and end it",
            new MaintenanceBeginCommand(), new MaintenanceEndCommand(), new MaintenanceStatusCommand()),
        new RestoreFilesCommand(),
        new AuditCommand(),
        new DiffCommand(),
        new AcceptCommand(),
        new WaiveCommand(),
        new HistoryCommand(),
        new BlameCommand(),
        new CoverageCommand(),
        new CommandGroup("path", "Add paths of your own to what is backed up", new PathAddCommand()),
        new CheckCommand(),
        new ExportCommand(),
        new ImportCommand(),
        new CollectorCommand(),
        new CompletionCommand(),
        new ManCommand(),
        new VersionCommand(),
    ];
}
