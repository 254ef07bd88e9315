namespace Relustre.Cli.Output;

/// <summary>What <c>init</c> answers.</summary>
internal sealed record SiteReply(string Site, string Vault, string? PasswordFile);
