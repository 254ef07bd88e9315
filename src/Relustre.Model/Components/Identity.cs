using Relustre.Facts;
using Relustre.Formats;
using Relustre.Steps;

namespace Relustre.Components;

/// <summary>Who exists on the server and who may become root: local users and groups, sudo, and the directories that are asked.</summary>
internal sealed class Identity() : Component("identity", RestoreStage.Accounts)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/passwd", Format.Colons),
        File("/etc/group", Format.Groups),
        SecretFile("/etc/shadow", Format.Colons),
        SecretFile("/etc/gshadow", Format.Groups),
        File("/etc/subuid", Format.Colons),
        File("/etc/subgid", Format.Colons),
        File("/etc/login.defs", Format.Lines),
        File("/etc/default/useradd", Format.Assignments),
        File("/etc/sudoers", Format.Sudoers),
        File("/etc/sudoers.d/*", Format.Sudoers),
        File("/etc/sudo.conf", Format.Lines),
        SecretFile("/etc/sudo-ldap.conf", Format.Lines),
        File("/etc/shells", Format.Items),
        File("/etc/nscd.conf", Format.Lines),
        File("/etc/yp.conf", Format.Lines),
        File("/etc/defaultdomain", Format.SingleValue),
        File("/etc/idmapd.conf", Format.Sections),
        SecretFile("/etc/sssd/sssd.conf", Format.Sections),
        SecretFile("/etc/sssd/conf.d/*", Format.Sections),
        File("/etc/krb5.conf", Format.Sections),
        File("/etc/krb5.conf.d/*", Format.Sections),
        SecretFile("/etc/krb5.keytab"),
        File("/etc/openldap/ldap.conf", Format.Lines),
        File("/etc/openldap/cacerts/**", Format.Certificate),
        SecretFile("/etc/openldap/certs/**"),
        File("/etc/ldap/ldap.conf", Format.Lines),
        SecretFile("/etc/ldap.conf", Format.Lines),
        SecretFile("/etc/ldap.secret"),
        SecretFile("/etc/pam_ldap.conf", Format.Lines),
        SecretFile("/etc/pam_ldap.secret"),
        SecretFile("/etc/libnss-ldap.conf", Format.Lines),
        SecretFile("/etc/libnss-ldap.secret"),
        SecretFile("/etc/nslcd.conf", Format.Lines),
        File("/etc/realmd.conf", Format.Sections),
        File("/etc/ipa/default.conf", Format.Sections),
        File("/etc/ipa/ca.crt", Format.Certificate),
    ];

    public override Risk Risk => Risk.Security;

    public override string Why => "who may log in, and as whom, is not what it was";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/passwd: hacluster", Risk.FailoverAtRisk, "hacluster must own /var/lib/pacemaker, or the cluster does not start", KeyMeaning.Shared),
        Risky("/etc/group: haclient", Risk.FailoverAtRisk, "hacluster must own /var/lib/pacemaker, or the cluster does not start", KeyMeaning.Shared),
        // Everybody's password is the user's own, and pcs makes up hacluster's.
        Risky("/etc/shadow: *", Risk.Security, "a password or its age changed", KeyMeaning.PerHost),
        Risky("/etc/passwd: *", Risk.Security, "an MDS judges access to files by these users' ids: both nodes must agree", KeyMeaning.Shared),
        Risky("/etc/group: *", Risk.Security, "an MDS judges access to files by these groups' ids and members: both nodes must agree", KeyMeaning.Shared),
        Risky("/etc/sudo*", Risk.Security, "others may become root", KeyMeaning.Shared),
        Risky("/etc/krb5.keytab*", Risk.Security, "the server proves who it is with this key", KeyMeaning.Unique),
        Risky("/etc/sssd/*", Risk.Security, "users come from this directory: an MDS without its users denies them their files", KeyMeaning.Shared),
        Risky("/etc/*ldap*", Risk.Security, "users come from this directory: an MDS without its users denies them their files", KeyMeaning.Shared),
        Risky("/etc/krb5.conf*", Risk.Security, "users are known by this realm", KeyMeaning.Shared),
        Risky("/etc/nscd.conf*", Risk.Config, "answers about users are kept longer or shorter", KeyMeaning.Shared),
        Risky("/etc/shells*", Risk.Config, "another shell may be a login's"),
        Risky("/etc/subuid*", Risk.Cosmetic, "only containers use these ranges"),
        Risky("/etc/subgid*", Risk.Cosmetic, "only containers use these ranges"),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new IdentityFacts
    {
        Users = [.. UsersIn(state)],
        Groups = [.. GroupsIn(state.Text("/etc/group") ?? "")],
        SudoRules = SudoFiles(state).Sum(file => Lines.Rows(file.Text).Count(IsRule)),
        Directories = [.. DirectoriesIn(state)],
    };

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        if (Facts(wanted) is not IdentityFacts were || Facts(found) is not IdentityFacts are)
            yield break;
        var extra = are.Users.Select(user => user.Name).Except(were.Users.Select(user => user.Name)).Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            yield return $"users that were not there stay: {string.Join(' ', extra.Take(20))}{(extra.Count > 20 ? " …" : "")}";
        foreach (var user in were.Users.Where(user => user.Id >= AccountChange.FirstUser(context.Platform)))
            if (are.Users.FirstOrDefault(other => other.Id == user.Id && other.Name != user.Name) is { } other && were.Users.All(known => known.Name != other.Name))
                yield return $"{user.Name} cannot get its id {user.Id} back while {other.Name} has it: rename or remove {other.Name} first";
    }

    // Users come before the files that name them as owners.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context)
    {
        var merged = differences.Where(difference => AccountChange.Files.Contains(new Setting(difference.Key, "").Place)).ToList();
        if (merged.Count > 0 && AccountChange.Step(wanted, found, context.Platform) is { } step)
            yield return step;
        foreach (var change in FileChanges.Of(wanted, found, [.. differences.Except(merged)]))
            yield return change is WriteFile write && IsSudoers(write.File.Path) ? write with { Verifier = "visudo -cf" } : change;
    }

    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) =>
        [UnitSteps.Restart(context.Platform, "sssd", "nslcd", "nscd")];

    // Names come from passwd alone: in a damaged shadow file, what looks like a name may be a hash.
    private static IEnumerable<IdentityFacts.User> UsersIn(ComponentState state)
    {
        var hashes = Colons.Rows(state.Text("/etc/shadow") ?? "").Where(row => row.Length > 1).ToLookup(row => row[0], row => row[1]);
        return from row in Colons.Rows(state.Text("/etc/passwd") ?? "")
               where row.Length == 7 && uint.TryParse(row[2], out _) && uint.TryParse(row[3], out _)
               select new IdentityFacts.User
               {
                   Name = row[0],
                   Id = uint.Parse(row[2]),
                   GroupId = uint.Parse(row[3]),
                   Home = row[5],
                   Shell = row[6],
                   Password = KindOf(hashes[row[0]].FirstOrDefault() ?? row[1]),
               };
    }

    private static IdentityFacts.PasswordKind KindOf(string field) => field switch
    {
        "" => IdentityFacts.PasswordKind.Empty,
        "x" => IdentityFacts.PasswordKind.Unknown,
        ['*', ..] or ['!', ..] => IdentityFacts.PasswordKind.Locked,
        _ => IdentityFacts.PasswordKind.Set,
    };

    private static IEnumerable<IdentityFacts.Group> GroupsIn(string text) =>
        from row in Colons.Rows(text)
        where row.Length == 4 && uint.TryParse(row[2], out _)
        select new IdentityFacts.Group(row[0], uint.Parse(row[2]), [.. row[3].Split(',', StringSplitOptions.RemoveEmptyEntries)]);

    private static bool IsSudoers(string path) => path == "/etc/sudoers" || path.StartsWith("/etc/sudoers.d/", StringComparison.Ordinal);

    private static IEnumerable<CapturedFile> SudoFiles(ComponentState state) =>
        [.. state.Files.Where(file => file.Path == "/etc/sudoers"), .. state.In("/etc/sudoers.d")];

    private static bool IsRule(string[] row) => row[0] is not ['#' or '@', ..] && !row[0].StartsWith("Defaults", StringComparison.Ordinal)
        && !row[0].EndsWith("_Alias", StringComparison.Ordinal);

    private static IEnumerable<IdentityFacts.Directory> DirectoriesIn(ComponentState state) =>
    [
        .. from file in state.Files
           where file.Path.StartsWith("/etc/sssd/", StringComparison.Ordinal)
           from entry in Sections.Entries(file.Text)
           where entry.Section.StartsWith("domain/", StringComparison.Ordinal) && entry.Key is "ldap_uri" or "krb5_server" or "ipa_server" or "ad_server"
           select new IdentityFacts.Directory($"sssd {entry.Section["domain/".Length..]}", SecretText.WithoutUserInfo(entry.Value)),
        .. from path in (string[])["/etc/nslcd.conf", "/etc/ldap.conf", "/etc/pam_ldap.conf", "/etc/openldap/ldap.conf", "/etc/ldap/ldap.conf"]
           from row in Lines.Rows(state.Text(path) ?? "")
           where row.Length > 1 && row[0].ToLowerInvariant() is "uri" or "host"
           select new IdentityFacts.Directory(path, SecretText.WithoutUserInfo(string.Join(' ', row.Skip(1)))),
        .. from setting in Format.Sections.Read(state.Text("/etc/krb5.conf") ?? "")
           where setting.Key == "libdefaults.default_realm"
           select new IdentityFacts.Directory("krb5", setting.Value),
    ];
}
