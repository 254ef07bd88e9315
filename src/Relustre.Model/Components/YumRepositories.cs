using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>Where packages come from, which keys are trusted, and what must not move: yum, dnf and apt.</summary>
internal sealed class YumRepositories() : Component("repositories", RestoreStage.Repositories)
{
    // Folders are asked for as a whole, since on EL8 some of them are links into /etc/dnf.
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/yum.conf", Format.Sections),
        File("/etc/yum.repos.d/*", Format.Sections),
        File("/etc/yum/vars/*", Format.SingleValue),
        File("/etc/dnf/vars/*", Format.SingleValue),
        File("/etc/yum/pluginconf.d/versionlock.list", Format.Items),
        File("/etc/dnf/plugins/versionlock.list", Format.Items),
        File("/etc/yum/**", Format.Sections),
        File("/etc/dnf/**", Format.Sections) with { Except = ["/etc/dnf/modules.d", "/etc/dnf/modules.d/*", "/etc/dnf/modules.defaults.d*"] },
        File("/etc/pki/rpm-gpg/*"),
        File("/etc/rhsm/rhsm.conf", Format.Sections),
        SecretFile("/etc/pki/entitlement/*"),
        SecretFile("/etc/pki/consumer/*"),
        File("/etc/apt/sources.list", Format.Lines),
        File("/etc/apt/sources.list.d/*.sources", Format.Stanzas),
        File("/etc/apt/sources.list.d/*", Format.Lines),
        File("/etc/apt/preferences", Format.Stanzas),
        File("/etc/apt/preferences.d/*", Format.Stanzas),
        File("/etc/apt/apt.conf", Format.Rules),
        File("/etc/apt/apt.conf.d/*", Format.Rules),
        File("/etc/apt/trusted.gpg"),
        File("/etc/apt/trusted.gpg.d/*"),
        File("/etc/apt/keyrings/*"),
        File("/usr/share/keyrings/**") with { Except = ["*/debian-*", "*/ubuntu-*"] },
        SecretFile("/etc/apt/auth.conf"),
        SecretFile("/etc/apt/auth.conf.d/*"),
        Tool("rpm-keys", Packages.OnRpmDatabase("rpm --root \"$root/\" -q gpg-pubkey --qf '%{VERSION}-%{RELEASE} %{SUMMARY}\\n' || :"), Format.Lines)
            with { Needs = "rpm /var/lib/rpm", Filter = "grep -v 'is not installed' | sort", WorksOnTree = true, Reads = Packages.RpmDatabase },
    ];

    public override Risk Risk => Risk.RecoveryAtRisk;

    public override string Why => "a server is rebuilt from these repositories: what they do not have cannot be installed again";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/pki/consumer*", Risk.RecoveryAtRisk, "the subscription knows this server by this certificate", KeyMeaning.Unique),
        Risky("/etc/pki/entitlement*", Risk.RecoveryAtRisk, "the subscription's repositories open to this certificate alone", KeyMeaning.PerHost),
        Risky("*gpgcheck", Risk.Security, "packages that nobody signed may be installed", KeyMeaning.Shared),
        Risky("*sslverify", Risk.Security, "packages may come from somebody else", KeyMeaning.Shared),
        Risky("*gpgkey", Risk.Security, "packages of others are trusted", KeyMeaning.Shared),
        Risky("rpm-keys: *", Risk.Security, "packages of others are trusted", KeyMeaning.Shared),
        Risky("/etc/pki/rpm-gpg/*", Risk.Security, "packages of others are trusted", KeyMeaning.Shared),
        Risky("*versionlock*", Risk.RecoveryAtRisk, "an update may bring a kernel or a Lustre that the other does not fit", KeyMeaning.Shared),
        Risky("*: *exclude*", Risk.RecoveryAtRisk, "an update may bring a kernel or a Lustre that the other does not fit", KeyMeaning.Shared),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state is { Files: [], Tools: [] } ? null : new RepositoriesFacts
    {
        Repositories =
        [
            .. from file in state.Files where IsRepositoryFile(file) from repository in YumIn(file) select repository,
            .. from file in state.Files where IsAptFile(file) from repository in AptIn(file) select repository,
        ],
        Variables =
        [
            .. from file in state.Files
               where file.Kind == FileKind.File && file.Path.Split('/') is ["", "etc", "yum" or "dnf", "vars", _]
               select new RepositoriesFacts.Variable(file.Path.Split('/')[^1], file.Text.Trim()),
        ],
        VersionLocks =
        [
            .. from file in state.Files
               where file.Path.EndsWith("/versionlock.list", StringComparison.Ordinal)
               from row in Lines.Rows(file.Text)
               select row[0],
        ],
        TrustedKeys = [.. from line in (state.Said("rpm-keys") ?? "").TrimmedLines select line],
    };

    private static bool IsRepositoryFile(CapturedFile file) => file.Kind == FileKind.File
        && file.Path.StartsWith("/etc/yum.repos.d/", StringComparison.Ordinal) && file.Path.EndsWith(".repo", StringComparison.Ordinal);

    private static bool IsAptFile(CapturedFile file) => file.Kind == FileKind.File
        && (file.Path == "/etc/apt/sources.list" || file.Path.StartsWith("/etc/apt/sources.list.d/", StringComparison.Ordinal));

    private static IEnumerable<RepositoriesFacts.Repository> YumIn(CapturedFile file) =>
        from entry in Sections.Entries(file.Text)
        where entry.Section.Length > 0
        group new Setting(entry.Key, entry.Value) by entry.Section into section
        let settings = section.ToList()
        select new RepositoriesFacts.Repository
        {
            Id = section.Key,
            File = file.Path,
            Addresses = [.. from address in Addresses(section) select SecretText.WithoutUserInfo(address)],
            IsEnabled = settings.Last("enabled") is not ("0" or "no" or "false" or "False" or "No"),
            ChecksSignatures = settings.Last("gpgcheck") is { } check ? check is "1" or "yes" or "true" or "True" : null,
            CaCertificate = settings.Last("sslcacert"),
            ClientCertificate = settings.Last("sslclientcert"),
            ClientKey = settings.Last("sslclientkey"),
        };

    private static IEnumerable<string> Addresses(IEnumerable<Setting> settings) =>
        settings.Where(setting => setting.Key is "baseurl" or "mirrorlist" or "metalink").SelectMany(setting => setting.Value.Words);

    private static IEnumerable<RepositoriesFacts.Repository> AptIn(CapturedFile file) => file.Path.EndsWith(".sources", StringComparison.Ordinal)
        ? DebStanzas(file)
        : from line in file.Text.TrimmedLines
          where line.StartsWith("deb ", StringComparison.Ordinal) || line.StartsWith("deb-src ", StringComparison.Ordinal)
          select Apt(file, line, isEnabled: true);

    // deb822: paragraphs of "Types: deb", "URIs: …", "Suites: …".
    private static IEnumerable<RepositoriesFacts.Repository> DebStanzas(CapturedFile file) =>
        from stanza in file.Text.ReplaceLineEndings("\n").Split("\n\n")
        let settings = Format.Lines.Read(stanza).ToList()
        let addresses = settings.Last("URIs")
        where addresses is not null
        select Apt(file, $"{settings.Last("Types")} {addresses} {settings.Last("Suites")} {settings.Last("Components")}", settings.Last("Enabled") != "no");

    private static RepositoriesFacts.Repository Apt(CapturedFile file, string line, bool isEnabled) => new()
    {
        Id = SecretText.WithoutUserInfo(string.Join(' ', line.WithoutTrailingComment.Words)),
        File = file.Path,
        Addresses = [.. from word in line.Words where word.Contains("://", StringComparison.Ordinal) select SecretText.WithoutUserInfo(word)],
        IsEnabled = isEnabled,
    };
}
