namespace Relustre.Sites;

/// <summary>A site is there already, and making one would put it at risk.</summary>
public sealed class SiteExistsException(string folder)
    : SiteException($"{folder} already holds a site; nothing was changed. Use it with --site {folder}, or name another folder");
