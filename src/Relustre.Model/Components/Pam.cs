using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>How a login is judged: PAM's stacks and modules, and the tool that wrote them.</summary>
internal sealed class Pam() : Component("pam", RestoreStage.Accounts)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/pam.conf", Format.Databases) with { IsOrdered = true },
        File("/etc/pam.d/*", Format.PamRules),
        // Old password hashes; limits belong to the tuning.
        SecretFile("/etc/security/opasswd", Format.Colons),
        // Of its rules the first one that fits counts.
        File("/etc/security/access.conf", Format.NamedRules),
        File("/etc/security/*.init", Format.Script),
        File("/etc/security/**", Format.Options) with { Except = ["/etc/security/opasswd*", "/etc/security/limits*"] },
        File("/etc/securetty", Format.Items),
        File("/etc/authselect/authselect.conf", Format.Items),
        File("/etc/authselect/*-auth", Format.PamRules),
        File("/etc/authselect/postlogin", Format.PamRules),
        File("/etc/authselect/*nsswitch.conf", Format.Databases),
        File("/etc/authselect/**", Format.Script) with { Except = ["*/backups/*"] },
        File("/etc/sysconfig/authconfig", Format.Assignments),
    ];

    public override Risk Risk => Risk.Security;

    public override string Why => "logins are judged by other rules: a module or its place in the stack decides who gets in";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

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
