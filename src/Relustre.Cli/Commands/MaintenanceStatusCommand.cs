using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Tells of every cluster whether a lease holds it in maintenance.</summary>
internal sealed class MaintenanceStatusCommand() : LeaseStatusCommand(LeaseKind.Maintenance, "Tell whether a cluster is in maintenance, until when, by whom and why");
