using System.Text.Json;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Tells from the agent's files what it knows, whichever era wrote them; upgraded servers mix eras.</summary>
internal static class AgentReading
{
    public static ChromaAgentFacts? Facts(ComponentState state)
    {
        var store = Store(state);
        var identity = new[] { "/etc/iml", AgentStore.Root }.FirstOrDefault(folder => state.File($"{folder}/self.crt") is not null
            || state.File($"{folder}/private.pem") is not null) ?? AgentStore.Root;
        if (store.Count == 0 && !state.Files.Any(file => file.Kind == FileKind.File))
            return null;
        var key = state.File($"{identity}/private.pem");
        var facts = new ChromaAgentFacts
        {
            Era = Era(state, store),
            ManagerUrl = Variable(state, "/etc/iml/manager-url.conf", "IML_MANAGER_URL") ?? Text(store, "server", "url"),
            Profile = Variable(state, "/etc/iml/profile.conf", "IML_PROFILE_NAME") ?? Text(store, "profile", "name"),
            Repositories = List(Variable(state, "/etc/iml/profile.conf", "IML_PROFILE_REPOS")),
            Packages = List(Variable(state, "/etc/iml/profile.conf", "IML_PROFILE_PACKAGES")),
            Targets = [.. Section(store, "targets").Select(entry => Target(entry.Key, entry.Value!.RootElement))],
            Labels = [.. Section(store, "labels").Select(entry => Label(entry.Key, entry.Value!.RootElement))],
            Certificates = [.. Certificates(state).SelectMany(CertificateFacts.Of)],
            HasPrivateKey = key is { Content.IsEmpty: false },
            KeyFitsCertificate = key is not null && state.File($"{identity}/self.crt") is { } own ? CertificateFacts.Fit(own, key) : null,
            Unreadable = [.. store.Where(entry => entry.Value is null).Select(entry => entry.Path)],
        };
        store.ForEach(entry => entry.Value?.Dispose());
        return facts;
    }

    private static List<Entry> Store(ComponentState state) =>
    [
        .. from file in state.Files
           where file.Kind == FileKind.File
           let address = AgentStore.Address(file.Path)
           where address is not null
           orderby address.Value.Section, address.Value.Key
           select new Entry(file.Path, address.Value.Section, address.Value.Key, JsonText.Parse(file.Text)),
    ];

    private static ImlEra Era(ComponentState state, List<Entry> store) => 0 switch
    {
        _ when state.Files.Any(file => file.Path.StartsWith("/etc/iml/", StringComparison.Ordinal)) => ImlEra.From50To63,
        _ when state.File($"{AgentStore.Root}/server_conf") is not null => ImlEra.UpTo20,
        _ when store.Count > 0 && store.All(entry => entry.Path.LastIndexOf('/') == AgentStore.Root.Length) => ImlEra.UpTo20,
        _ when Text(store, "profile", "corosync2") == "true" => ImlEra.From30To40,
        _ when Section(store, "targets").Any(entry => JsonText.Text(entry.Value!.RootElement, "device_type") is not null) => ImlEra.From30To40,
        _ => ImlEra.From21To24,
    };

    private static IEnumerable<Entry> Section(List<Entry> store, string section) =>
        store.Where(entry => entry.Section == section && entry.Value is not null);

    private static string? Text(List<Entry> store, string key, string member) =>
        Section(store, "settings").Where(entry => entry.Key == key)
            .Select(entry => JsonText.Text(entry.Value!.RootElement, member)).FirstOrDefault();

    private static string? Variable(ComponentState state, string path, string name) =>
        Format.Assignments.Read(state.Text(path) ?? "").Last(name);

    private static string[] List(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static AgentTarget Target(string uuid, JsonElement value) => new()
    {
        Uuid = uuid,
        Device = JsonText.Text(value, "bdev"),
        MountPoint = JsonText.Text(value, "mntpt"),
        BackingStore = JsonText.Text(value, "backfstype"),
        TargetName = JsonText.Text(value, "target_name"),
        DeviceType = JsonText.Text(value, "device_type"),
    };

    private static AgentLabel Label(string key, JsonElement value) => new()
    {
        Uuid = JsonText.Text(value, "uuid") ?? "",
        Label = JsonText.Text(value, "label") ?? key,
        Zfs = JsonText.Text(value, "zfs"),
        Group = JsonText.Text(value, "group"),
    };

    private static IEnumerable<CapturedFile> Certificates(ComponentState state) =>
        state.Files.Where(file => file.Kind == FileKind.File && file.Path.EndsWith(".crt", StringComparison.Ordinal));

    private sealed record Entry(string Path, string Section, string Key, JsonDocument? Value);
}
