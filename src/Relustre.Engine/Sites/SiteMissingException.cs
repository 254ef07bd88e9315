namespace Relustre.Sites;

/// <summary>There is no site where one was looked for.</summary>
public sealed class SiteMissingException(string message) : SiteException(message);
