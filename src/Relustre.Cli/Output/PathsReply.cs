namespace Relustre.Cli.Output;

/// <summary>What <c>path add</c> answers: the site's own paths.</summary>
internal sealed record PathsReply(IReadOnlyList<string> Paths);
