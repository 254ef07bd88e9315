namespace Relustre.Sites;

/// <summary>What is wrong with a site's folder, file or password; the message says what to do next.</summary>
public class SiteException(string message, Exception? cause = null) : Exception(message, cause);
