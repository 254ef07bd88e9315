namespace Relustre.Formats;

/// <summary>
/// What <c>chkconfig --list</c> prints: SysV services with a state for each runlevel, and below them xinetd's, which have
/// none. A SysV service's value is the runlevels it is on in; xinetd's are <c>xinetd NAME</c>, on or off.
/// </summary>
internal sealed class Chkconfig : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
    [
        .. from service in SysV(text) select new Setting(service.Name, service.Levels.OrNull ?? "off"),
        .. from service in Xinetd(text) select new Setting($"xinetd {service.Name}", service.IsOn ? "on" : "off"),
    ];

    /// <summary>Each service with the runlevels it is on in, such as "2345".</summary>
    public static IEnumerable<(string Name, string Levels)> SysV(string text) =>
        from line in text.TrimmedLines
        let words = line.Words
        where words.Length >= 2 && words.Skip(1).All(IsLevel)
        select (words[0], string.Concat(from word in words.Skip(1) where word.EndsWith(":on", StringComparison.Ordinal) select word[0]));

    public static IEnumerable<(string Name, bool IsOn)> Xinetd(string text) =>
        from line in text.TrimmedLines
        let words = line.Words
        where words is [[_, .., ':'], "on" or "off"]
        select (words[0].TrimEnd(':'), words[1] == "on");

    private static bool IsLevel(string word) => word is [>= '0' and <= '6', ':', .. "on" or "off"];
}
