namespace Relustre.Cli.Output;

/// <summary>What <c>version</c> answers.</summary>
internal sealed record VersionReply(string Version, string Runtime, string System, string VaultFormat);
