namespace Relustre.Sites;

/// <summary>A server was named that the site does not have.</summary>
public sealed class UnknownHostException(string name, IEnumerable<string> known)
    : SiteException($"this site has no server '{name}'{(Spelling.DidYouMean(name, known) is { Length: > 0 } guess ? guess : ".")} 'relustre host list' shows all, "
        + $"'relustre host add {name}' adds it");
