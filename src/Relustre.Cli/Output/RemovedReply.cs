namespace Relustre.Cli.Output;

/// <summary>What <c>host remove</c> answers.</summary>
internal sealed record RemovedReply(string Removed);
