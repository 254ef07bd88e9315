namespace Relustre.Sites;

/// <summary>The vault's password could not be had; the message names the place and the next step, and never the password.</summary>
public sealed class PasswordException(string message, Exception? cause = null) : SiteException(message, cause);
