namespace Relustre.Cli.Output;

/// <summary>What <c>backup</c> answers.</summary>
internal sealed record BackupReply(IReadOnlyList<HostOutcomeReply> Hosts, double Seconds);
