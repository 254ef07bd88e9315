using System.Text;
using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>Reads and compares texts of corosync.conf by meaning, as an audit does.</summary>
internal static class CorosyncConf
{
    public const string Path = "/etc/corosync/corosync.conf";
    public const string Key = "/etc/corosync/authkey";

    private static readonly Component corosync = Catalogue.BuiltIn.Components.Single(component => component.Name == "corosync");

    public static CorosyncFacts? Facts(string text, bool hasKey) => corosync.Facts(State(text, hasKey)) as CorosyncFacts;

    /// <summary>The settings that all nodes of a cluster share and that are not the same in both: names, never values.</summary>
    public static IReadOnlyList<string> Differing(string one, string other) =>
    [
        .. from difference in corosync.Compare(State(one), State(other))
           let rule = corosync.RuleOf(difference.Key)
           where rule.Meaning == KeyMeaning.Shared && rule.Risk >= Risk.FailoverAtRisk
           let name = difference.Key.Split(": ", 2)[^1]
           orderby name
           select name,
    ];

    private static ComponentState State(string text, bool hasKey = false) => new(
        hasKey ? [File(Path, text), File(Key, "there")] : [File(Path, text)], []);

    private static CapturedFile File(string path, string text) => new() { Path = path, Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(text) };
}
