using Relustre.Facts;

namespace Relustre.Components;

/// <summary>SELinux: on, off or watching, and what the site changed in its policy. IML wants it off.</summary>
internal sealed class SELinux() : Component("selinux", RestoreStage.Security)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/selinux/config", Format.Assignments),
        File("/etc/selinux/semanage.conf", Format.Assignments),
        File("/etc/selinux/restorecond.conf", Format.Lines),
        File("/etc/selinux/*/booleans", Format.Assignments),
        File("/etc/selinux/*/booleans.local", Format.Assignments),
        File("/etc/selinux/*/setrans.conf", Format.Assignments),
        File("/etc/selinux/*/seusers", Format.Colons),
        File("/etc/selinux/*/contexts/files/file_contexts.local", Format.Lines),
        File("/etc/selinux/*/contexts/files/file_contexts.subs", Format.Lines),
        File("/etc/selinux/*/modules/active/*.local", Format.Options),
        File("/var/lib/selinux/*/active/*.local", Format.Options),
        // Modules of the site itself; those of the distribution have other priorities.
        File("/var/lib/selinux/*/active/modules/400/**"),
        Tool("mode", "getenforce", Format.SingleValue),
        Tool("booleans", "! selinuxenabled || getsebool -a", Format.Lines) with { Needs = "getsebool" },
        Tool("customizations", "! selinuxenabled || semanage export 2>/dev/null || semanage -o -", Format.Lines) with { Needs = "semanage", TimeLimit = 90 },
    ];

    public override Risk Risk => Risk.Security;

    public override string Why => "programs may do more than before, or are denied what they need";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/selinux/config: SELINUX", Risk.FailoverAtRisk, "IML needs SELinux disabled: enforcing it keeps the resource agents from mounting targets after the next boot", KeyMeaning.Shared),
        Risky("mode: *", Risk.FailoverAtRisk, "IML needs SELinux disabled: enforcing it keeps the resource agents from mounting targets", KeyMeaning.Shared),
    ];

    public override ComponentFacts? Facts(ComponentState state)
    {
        if (state is { Files: [], Tools: [] })
            return null;
        var config = Format.Assignments.Read(state.Text("/etc/selinux/config") ?? "").ToList();
        return new SELinuxFacts
        {
            Configured = config.Last("SELINUX"),
            Policy = config.Last("SELINUXTYPE"),
            Mode = state.Said("mode")?.Trim().OrNull?.ToLowerInvariant(),
            Customizations =
            [
                .. from line in (state.Said("customizations") ?? "").TrimmedLines
                   where !line.IsComment && !line.EndsWith(" -D", StringComparison.Ordinal)
                   select line,
            ],
            Modules = [.. ModulesIn(state)],
        };
    }

    private static IEnumerable<string> ModulesIn(ComponentState state) =>
        (from file in state.Files
         let parts = file.Path.Split('/')
         where parts is [_, "var", "lib", "selinux", _, "active", "modules", "400", _, ..]
         select parts[8]).Distinct();
}
