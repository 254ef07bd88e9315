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
        File("/var/lib/chroma/*.crt"),
        File("/etc/iml/*.crt"),
        File("/etc/emf/*.crt"),
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
    ];

    public override ComponentFacts? Facts(ComponentState state) => AgentReading.Facts(state);
}
