namespace Relustre.Cli.Output;

/// <summary>What <c>dump</c> answers.</summary>
internal sealed record DumpReply(EntryReply File, string ContentBase64);
