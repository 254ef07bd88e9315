using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>How a login is judged: PAM's stacks and modules, and the tool that wrote them.</summary>
internal sealed class Pam() : Component("pam", RestoreStage.Security)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/pam.conf", Format.Lines),
        File("/etc/pam.d/*", Format.Lines),
        // Old password hashes; limits belong to the tuning.
        SecretFile("/etc/security/opasswd", Format.Colons),
        File("/etc/security/**", Format.Lines) with { Except = ["/etc/security/opasswd*", "/etc/security/limits*"] },
        File("/etc/securetty", Format.Lines),
        File("/etc/authselect/**") with { Except = ["*/backups/*"] },
        File("/etc/sysconfig/authconfig", Format.Assignments),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new PamFacts
    {
        Profile = state.Text("/etc/authselect/authselect.conf")?.TrimmedLines.FirstOrDefault(line => !line.IsComment),
        Features = [.. (state.Text("/etc/authselect/authselect.conf") ?? "").TrimmedLines.Where(line => !line.IsComment).Skip(1)],
        Enabled =
        [
            .. from setting in Format.Assignments.Read(state.Text("/etc/sysconfig/authconfig") ?? "")
               where setting.Value == "yes" && setting.Key.StartsWith("USE", StringComparison.Ordinal)
               orderby setting.Key
               select setting.Key,
        ],
        Stacks = [.. from file in state.Files where PathPattern.Matches(File("/etc/pam.d/*"), file.Path) orderby file.Path select file.Path.Split('/')[^1]],
        Modules =
        [
            .. (from file in state.In("/etc/pam.d")
                from row in Lines.Rows(file.Text)
                from word in row
                where word.EndsWith(".so", StringComparison.Ordinal)
                select word).Distinct().Order(StringComparer.Ordinal),
        ],
    };
}
