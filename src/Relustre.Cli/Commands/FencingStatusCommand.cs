using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Tells of every cluster whether a lease suspends its fencing.</summary>
internal sealed class FencingStatusCommand() : LeaseStatusCommand(LeaseKind.Fencing, "Tell whether a lease suspends fencing, until when, by whom and why");
