using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>What <c>accept</c> answers.</summary>
internal sealed record AcceptReply(IReadOnlyList<Decision> Accepted);
