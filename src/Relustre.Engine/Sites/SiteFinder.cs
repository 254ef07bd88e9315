namespace Relustre.Sites;

/// <summary>Where a command finds its site: what was asked for, then the environment, then here, then the machine's.</summary>
public static class SiteFinder
{
    public const string Variable = "RELUSTRE_SITE";

    public const string Machine = "/etc/relustre";

    /// <param name="asked">The <c>--site</c> option.</param>
    /// <param name="environment">The value of <see cref="Variable"/>.</param>
    /// <exception cref="SiteMissingException">There is none; the message says how to make one.</exception>
    public static string Find(string? asked, string? environment, string here, string machine = Machine)
    {
        if (asked is { Length: > 0 })
            return Existing(Path.GetFullPath(asked, here), because: "--site");
        if (environment is { Length: > 0 })
            return Existing(Path.GetFullPath(environment, here), because: "$" + Variable);
        string[] places = [here, machine];
        return places.FirstOrDefault(IsSite) ?? throw new SiteMissingException(
            $"no site here: neither {here} nor {machine} has a {SiteFile.Name}. "
            + "Make one with 'relustre init', or name one with --site DIR or $" + Variable);
    }

    /// <summary>Where <c>init</c> makes one: the folder asked for, else the environment's, else the current one.</summary>
    public static string Place(string? asked, string? environment, string here) =>
        Path.GetFullPath(asked is { Length: > 0 } ? asked : environment is { Length: > 0 } ? environment : ".", here);

    private static string Existing(string folder, string because) => IsSite(folder) ? folder : throw new SiteMissingException(IsShut(folder)
        ? $"{folder} ({because}) may not be read by {Environment.UserName}: a site is its owner's alone, so run this as its owner"
        : $"{folder} ({because}) has no {SiteFile.Name}. Make a site there with 'relustre init --site {folder}', or name another folder");

    // Of a folder that may not be entered, nobody can tell what is in it.
    private static bool IsShut(string folder)
    {
        try
        {
            return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Take(0).Any();
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static bool IsSite(string folder) => File.Exists(Path.Combine(folder, SiteFile.Name));
}
