using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>IML's agent in its four eras: where its manager is, which targets it serves, and the keys by which it is known there.</summary>
internal sealed class ChromaAgent() : Component("chroma-agent", RestoreStage.Management)
{
    public override IReadOnlyList<Source> Sources =>
    [
        // The most valuable bytes of all: without them the manager forgets the server, and its targets with it.
        SecretFile("/var/lib/chroma/*.pem"),
        SecretFile("/etc/iml/*.pem"),
        SecretFile("/etc/emf/*.pem"),
        // Only a manager has these.
        SecretFile("/var/lib/chroma/iml-settings.conf"),
        SecretFile("/etc/iml/iml-settings.conf"),
        new Source.Files("/var/lib/chroma/**")
        {
            Format = Format.Json,
            // A manager's mirror of packages, and the agent's cache "last_detect_scan_target_devices".
            Except =
            [
                "/var/lib/chroma/*.pem", "/var/lib/chroma/iml-settings.conf", "/var/lib/chroma/repo/*",
                "*/settings/bGFzdF9kZXRlY3Rfc2Nhbl90YXJnZXRfZGV2aWNlcw==",
            ],
        },
        // identity.pfx is made from the PEM files, and IML 5 takes a stale one for good.
        new Source.Files("/etc/iml/**") { Except = ["*.pem", "*.pfx", "/etc/iml/iml-settings.conf"] },
        new Source.Files("/etc/emf/**") { Except = ["*.pem", "*.pfx"] },
    ];

    /// <summary>The store's files go by the keys that their names stand for; certificates and flags have no settings.</summary>
    public override IEnumerable<Setting> Read(ComponentState state) =>
        from file in state.Files
        where file.Kind == FileKind.File && SourceOf(file) is { IsSecret: false }
        let address = AgentStore.Address(file.Path)
        from setting in address is { } store
            ? Format.Json.Read(file.Text).Select(setting => setting with { Key = $"{store.Section}/{store.Key}: {setting.Key}" })
            : EnvironmentLines.Read(file).Select(setting => setting with { Key = $"{file.Path}: {setting.Key}" })
        select setting;

    public override ComponentFacts? Facts(ComponentState state) => AgentReading.Facts(state);
}
