namespace Relustre.Formats;

/// <summary><c>NAME=value</c> lines of files that are named <c>*.conf</c>, as systemd's EnvironmentFile= takes them.</summary>
internal static class EnvironmentLines
{
    public static IEnumerable<Setting> Read(CapturedFile file) =>
        from line in file.Path.EndsWith(".conf", StringComparison.Ordinal) ? file.Text.Split('\n', StringSplitOptions.TrimEntries) : []
        let at = line.IndexOf('=')
        where at > 0 && line[0] is not ('#' or ';')
        let name = line[..at].TrimEnd()
        select new Setting(name, line[(at + 1)..].Trim().Trim('"', '\'')) { IsSecret = SecretName.IsIn(name) };
}
