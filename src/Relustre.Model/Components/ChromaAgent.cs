using Relustre.Facts;
using Relustre.Formats;
using Relustre.Steps;

namespace Relustre.Components;

/// <summary>IML's agent in its four eras: where its manager is, which targets it serves, and the keys by which it is known there.</summary>
internal sealed class ChromaAgent() : Component("chroma-agent", RestoreStage.Agent)
{
    public override IReadOnlyList<Source> Sources =>
    [
        // The most valuable bytes of all: without them the manager forgets the server, and its targets with it.
        SecretFile("/var/lib/chroma/*.pem"),
        SecretFile("/etc/iml/*.pem"),
        SecretFile("/etc/emf/*.pem"),
        File("/var/lib/chroma/*.crt", Format.Certificate),
        File("/etc/iml/*.crt", Format.Certificate),
        File("/etc/emf/*.crt", Format.Certificate),
        // Only a manager has these.
        SecretFile("/var/lib/chroma/iml-settings.conf"),
        SecretFile("/etc/iml/iml-settings.conf"),
        new Source.Files("/var/lib/chroma/**")
        {
            Format = Format.Json,
            // A manager's mirror of packages, and the agent's cache "last_detect_scan_target_devices".
            Except =
            [
                "/var/lib/chroma/*.pem", "/var/lib/chroma/*.crt", "/var/lib/chroma/iml-settings.conf", "/var/lib/chroma/repo/*",
                "*/settings/bGFzdF9kZXRlY3Rfc2Nhbl90YXJnZXRfZGV2aWNlcw==",
            ],
        },
        // identity.pfx is made from the PEM files, and IML 5 takes a stale one for good.
        new Source.Files("/etc/iml/**") { Format = Format.Assignments, Except = ["*.pem", "*.crt", "*.pfx", "/etc/iml/iml-settings.conf"] },
        new Source.Files("/etc/emf/**") { Format = Format.Assignments, Except = ["*.pem", "*.crt", "*.pfx"] },
    ];

    public override Risk Risk => Risk.RecoveryAtRisk;

    public override string Why => "the agent's store tells the manager and the resource agents what this server serves";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*.pem", Risk.RecoveryAtRisk, "without the key that it registered with, the manager knows this server no more, and only removing it with its targets is left", KeyMeaning.Unique),
        Risky("*.pem: (content)", Risk.RecoveryAtRisk, "without the key that it registered with, the manager knows this server no more, and only removing it with its targets is left", KeyMeaning.Unique),
        Risky("*authority.crt*", Risk.RecoveryAtRisk, "the agent trusts the manager by this certificate", KeyMeaning.Shared),
        Risky("*.crt: (mode)", Risk.Cosmetic, "a certificate is public"),
        Risky("*.crt: issuer", Risk.RecoveryAtRisk, "a certificate that another manager has signed is refused", KeyMeaning.Shared),
        Risky("*.crt: key", Risk.RecoveryAtRisk, "a certificate without its key proves nothing", KeyMeaning.PerHost),
        Risky("*.crt: not-*", Risk.RecoveryAtRisk, "the manager knows this server by the serial of its certificate", KeyMeaning.PerHost),
        Risky("*.crt*", Risk.RecoveryAtRisk, "the manager knows this server by the serial of its certificate", KeyMeaning.Unique),
        Risky("*: (mode)", Risk.Security, "the store is root's alone"),
        // Both servers of a pair have all targets of the pair.
        Risky("targets/*", Risk.FailoverAtRisk, "a resource of ocf:chroma:Target is started by this entry: without it, or with another device, this node cannot take the target over", KeyMeaning.Shared),
        Risky("labels/*", Risk.FailoverAtRisk, "the agent finds a target's resource by its label", KeyMeaning.Shared),
        Risky("settings/server: *", Risk.RecoveryAtRisk, "the agent reports to the manager at this address", KeyMeaning.Shared),
        Risky("*: IML_MANAGER_URL", Risk.RecoveryAtRisk, "the agent reports to the manager at this address", KeyMeaning.Shared),
        // Installing IML's packages sets this section back to its defaults.
        Risky("settings/agent: *", Risk.Config, "installing the agent's packages resets these to their defaults", KeyMeaning.Shared),
        Risky("settings/profile: *", Risk.Config, "the profile decides which services IML manages on this server", KeyMeaning.Shared),
        Risky("*: IML_PROFILE_*", Risk.Config, "the profile decides which services IML manages on this server", KeyMeaning.Shared),
    ];

    /// <summary>The store's files go by the keys that their names stand for.</summary>
    public override IEnumerable<Setting> Read(ComponentState state) =>
    [
        .. base.Read(state with { Files = [.. state.Files.Where(file => AgentStore.Address(file.Path) is null)] }),
        .. from file in state.Files
           where file.Kind == FileKind.File && SourceOf(file) is { IsSecret: false }
           let address = AgentStore.Address(file.Path)
           where address is not null
           from setting in Format.Json.Read(file.Text)
           select setting with { Key = $"{address.Value.Section}/{address.Value.Key}: {setting.Key}" },
        .. from certificate in state.Files
           where certificate.Kind == FileKind.File && certificate.Path.EndsWith("/self.crt", StringComparison.Ordinal)
           let key = state.File(certificate.Path[..^"self.crt".Length] + "private.pem")
           where key is not null && CertificateFacts.Fit(certificate, key) is not null
           select new Setting($"{certificate.Path}: key", CertificateFacts.Fit(certificate, key) == true ? "fits private.pem" : "does not fit private.pem"),
    ];

    // The agent makes this file from its key and certificate, and IML 5 goes on using one that was made from others.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context)
    {
        var changes = FileChanges.Of(wanted, found, differences).ToList();
        return changes.OfType<WriteFile>().Any(write => write.File.Path is "/etc/iml/private.pem" or "/etc/iml/self.crt" or "/etc/iml/authority.crt")
            ? [.. changes, new RemoveFile("/etc/iml/identity.pfx", IsFolder: false)]
            : changes;
    }

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) =>
        NicNames.Of(context).In(wanted, path => path.EndsWith(".conf", StringComparison.Ordinal));

    public override ComponentFacts? Facts(ComponentState state) => AgentReading.Facts(state);
}
