using Relustre.Facts;

namespace Relustre.Components;

/// <summary>The profiles that make up the network, whoever reads them: ifcfg files, NetworkManager's, Debian's. Never a key of theirs.</summary>
internal static class NetworkProfiles
{
    public static IEnumerable<NetworkFacts.Profile> In(ComponentState state) =>
    [
        .. from file in state.In("/etc/sysconfig/network-scripts")
           where file.Path.Contains("/ifcfg-", StringComparison.Ordinal)
           select Ifcfg(file, [.. Format.Assignments.Read(file.Text)]),
        .. from file in state.In("/etc/NetworkManager/system-connections")
           select Connection(file, [.. Format.Sections.Read(file.Text)]),
        .. from file in state.Files
           where file.Path == "/etc/network/interfaces" || file.Path.StartsWith("/etc/network/interfaces.d/", StringComparison.Ordinal)
           from profile in Interfaces(file)
           select profile,
    ];

    // Debian's: a paragraph begins with "iface NAME inet METHOD".
    private static IEnumerable<NetworkFacts.Profile> Interfaces(CapturedFile file)
    {
        var rows = Formats.Lines.Rows(file.Text).ToList();
        var automatic = rows.Where(row => row[0] is "auto" or "allow-hotplug").SelectMany(row => row.Skip(1)).ToHashSet();
        NetworkFacts.Profile? profile = null;
        foreach (var row in rows)
        {
            if (row is ["iface", var name, _, var method, ..])
            {
                if (profile is not null)
                    yield return profile;
                profile = new() { File = file.Path, Device = name, Method = method, StartsAtBoot = automatic.Contains(name) };
            }
            else if (row is ["address", var address, ..])
                profile = profile is null ? null : profile with { Addresses = [address] };
            else if (row is ["gateway", var gateway, ..])
                profile = profile is null ? null : profile with { Gateway = gateway };
        }
        if (profile is not null)
            yield return profile;
    }

    private static NetworkFacts.Profile Ifcfg(CapturedFile file, List<Setting> settings)
    {
        var byKey = settings.ToLookup(setting => setting.Key, setting => setting.Value);
        return new()
        {
            File = file.Path,
            Device = settings.Last("DEVICE"),
            Kind = settings.Last("TYPE"),
            Mac = settings.Last("HWADDR")?.ToLowerInvariant(),
            Uuid = settings.Last("UUID"),
            Method = settings.Last("BOOTPROTO")?.ToLowerInvariant(),
            Addresses = [.. from setting in settings where setting.Key.StartsWith("IPADDR", StringComparison.Ordinal) select AddressOf(setting, byKey)],
            Gateway = settings.Last("GATEWAY"),
            Master = settings.Last("MASTER") ?? settings.Last("BRIDGE"),
            StartsAtBoot = settings.Last("ONBOOT")?.ToLowerInvariant() is not "no",
        };
    }

    // IPADDR2 goes with PREFIX2 or NETMASK2.
    private static string AddressOf(Setting address, ILookup<string, string> settings)
    {
        var number = address.Key["IPADDR".Length..];
        var prefix = settings[$"PREFIX{number}"].LastOrDefault() ?? settings[$"NETMASK{number}"].LastOrDefault();
        return string.IsNullOrEmpty(prefix) ? address.Value : $"{address.Value}/{prefix}";
    }

    // Only what is named here, since any other key may be a secret.
    private static NetworkFacts.Profile Connection(CapturedFile file, List<Setting> settings) => new()
    {
        File = file.Path,
        Device = settings.Last("connection.interface-name"),
        Kind = settings.Last("connection.type"),
        Mac = (settings.Last("ethernet.mac-address") ?? settings.Last("802-3-ethernet.mac-address") ?? settings.Last("infiniband.mac-address"))?.ToLowerInvariant(),
        Uuid = settings.Last("connection.uuid"),
        Method = settings.Last("ipv4.method"),
        // "address1=10.0.0.5/24,10.0.0.1": the address, then perhaps the gateway.
        Addresses = [.. from setting in settings where IsAddress(setting.Key) select setting.Value.Split(',', ';')[0]],
        Gateway = settings.Last("ipv4.gateway")
            ?? (settings.Where(setting => IsAddress(setting.Key)).Select(setting => setting.Value.Split(',')).FirstOrDefault(parts => parts.Length > 1)?[1].TrimEnd(';')),
        Master = settings.Last("connection.master") ?? settings.Last("connection.controller"),
        StartsAtBoot = settings.Last("connection.autoconnect") is not ("false" or "no" or "0"),
    };

    private static bool IsAddress(string key) =>
        key.StartsWith("ipv4.address", StringComparison.Ordinal) || (key.StartsWith("ipv6.address", StringComparison.Ordinal) && key is [.., >= '0' and <= '9']);
}
