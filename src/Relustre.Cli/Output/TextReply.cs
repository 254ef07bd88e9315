namespace Relustre.Cli.Output;

/// <summary>A text that is a result by itself: a script, a manual page.</summary>
internal sealed record TextReply(string Text);
