namespace Relustre.Sites;

/// <summary>Reads the servers of a site.yaml: each entry, filled up from <c>defaults:</c>, and the pairs.</summary>
internal sealed class HostReader(ICollection<SiteProblem> problems)
{
    private static readonly IReadOnlyList<string> Shared = ["user", "port", "sudo", "identity", "ssh-options", "ssh-keys"];

    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public HostEntry Defaults(YamlValue.Map? map) =>
        map is null ? new("") : Common(new(map, problems, Shared), new(""));

    public IEnumerable<HostEntry> Hosts(IReadOnlyList<YamlValue> items, HostEntry defaults)
    {
        foreach (var item in items)
        {
            if (item is YamlValue.Map map)
            {
                if (Host(map, defaults) is { } host)
                    yield return host;
            }
            else
                Report(item.Start, $"a server is a mapping ('- name: mds1'), this is {item.Kind}");
        }
    }

    /// <summary>The same servers with the pairs that <c>pairs:</c> names.</summary>
    public IReadOnlyList<HostEntry> Paired(IReadOnlyList<HostEntry> hosts, YamlValue.Map? pairs)
    {
        var byName = hosts.ToDictionary(host => host.Name, StringComparer.Ordinal);
        foreach (var (pair, members) in pairs?.Entries ?? [])
        {
            if (HostRules.Name(pair.Value) is { } complaint)
                Report(pair.Start, $"pairs: {complaint}");
            if (members is not YamlValue.List list)
                Report(members.Start, $"pairs: a list of servers is wanted ('{pair.Value}: [mds1, mds2]'), this is {members.Kind}");
            else
                foreach (var member in list.Items)
                    Join(byName, pair.Value, member);
        }
        return [.. hosts.Select(host => byName[host.Name])];
    }

    private void Join(Dictionary<string, HostEntry> hosts, string pair, YamlValue member)
    {
        if (member is not YamlValue.Text name)
            Report(member.Start, $"pairs: a server's name is wanted, this is {member.Kind}");
        else if (!hosts.TryGetValue(name.Value, out var host))
            Report(name.Start, $"pairs: there is no server '{name.Value}'{Spelling.DidYouMean(name.Value, hosts.Keys)}");
        else if (host.Pair is { } other && other != pair)
            Report(name.Start, $"pairs: '{name.Value}' is in '{other}' already");
        else
            hosts[name.Value] = host with { Pair = pair };
    }

    private HostEntry? Host(YamlValue.Map map, HostEntry defaults)
    {
        var fields = new MappingReader(map, problems, [.. Shared, "name", "address", "root", "pair"]);
        var entry = Common(fields, defaults) with
        {
            Address = fields.Text("address", HostRules.Address),
            Root = fields.Text("root", HostRules.AbsolutePath),
            Pair = fields.Text("pair", HostRules.Name),
        };
        if (fields.Value("name") is null)
            Report(map.Start, "a server without a name");
        if (fields.Text("name", HostRules.Name) is not { } name)
            return null;
        if (entry is { Root: not null, Address: not null })
            Report(map.Start, $"'{name}' has both an address and a root; a file tree on this machine needs no address");
        if (entry.Address is not null && name == HostEntry.Local)
            Report(map.Start, HostRules.LocalNeedsNoAddress);
        if (lines.TryAdd(name, map.Start.Line))
            return entry with { Name = name };
        Report(map.Start, $"'{name}' is in the list already, in line {lines[name]}");
        return null;
    }

    private HostEntry Common(MappingReader fields, HostEntry defaults) => defaults with
    {
        User = fields.Text("user", HostRules.User) ?? defaults.User,
        Port = fields.Number("port", from: 1, to: 65535) ?? defaults.Port,
        Sudo = fields.Switch("sudo") ?? defaults.Sudo,
        Identity = fields.Text("identity", HostRules.AnyPath) ?? defaults.Identity,
        SshOptions = [.. defaults.SshOptions, .. Options(fields)],
        SshKeys = fields.Switch("ssh-keys") ?? defaults.SshKeys,
    };

    private IEnumerable<string> Options(MappingReader fields)
    {
        foreach (var option in fields.Texts("ssh-options"))
        {
            if (HostRules.SshOption(option.Value) is { } complaint)
                Report(option.Start, $"ssh-options: {complaint}");
            else
                yield return option.Value;
        }
    }

    private void Report(YamlSpot at, string message) => problems.Add(new(at.Line, at.Column, message));
}
