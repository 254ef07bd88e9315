using System.Text.RegularExpressions;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Tells from module parameters, lnet.conf and LNet's own tools which networks a server is in.</summary>
internal static partial class LnetReading
{
    private const string NetworkParameter = "options lnet.networks";
    private const string RouteParameter = "options lnet.routes";

    [GeneratedRegex(@"([a-z0-9]+)\s*(?:\(([^)]*)\))?", RegexOptions.NonBacktracking)]
    private static partial Regex Network { get; }

    [GeneratedRegex(@"([a-z0-9]+)\s+(?:\d+\s+)?(\S+@[a-z0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Route { get; }

    public static LnetFacts? Facts(ComponentState state)
    {
        var options = Options(state);
        var yaml = state.Text("/etc/lnet.conf") is { } text ? LnetYaml.Parse(text) : new Block("");
        var live = LnetYaml.Parse(state.Said("export.yaml") ?? state.Said("net.yaml") ?? "");
        var facts = new LnetFacts
        {
            ConfiguredBy = [.. options.Select(option => option.Path).Distinct(), .. yaml.Blocks.Count > 0 ? ["/etc/lnet.conf"] : Array.Empty<string>()],
            Configured = [.. Of(options, NetworkParameter).SelectMany(Networks), .. Networks(yaml)],
            Live = [.. Networks(live)],
            Nids = [.. (state.Said("nids.txt") ?? "").Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains('@'))],
            Routes = [.. Of(options, RouteParameter).SelectMany(Routes).Concat(Routes(yaml)).Concat(Routes(live)).Distinct()],
        };
        return facts is { ConfiguredBy: [], Live: [], Nids: [] } ? null : facts;
    }

    private static List<(string Path, Setting Setting)> Options(ComponentState state) =>
    [
        .. from file in state.Files
           where file.Kind == FileKind.File && file.Path.StartsWith("/etc/modprobe", StringComparison.Ordinal)
           from setting in Format.ModprobeOptions.Read(file.Text)
           where setting.Key.StartsWith("options lnet.", StringComparison.Ordinal)
           select (file.Path, setting),
    ];

    private static IEnumerable<string> Of(List<(string Path, Setting Setting)> options, string key) =>
        options.Where(option => option.Setting.Key == key).Select(option => option.Setting.Value);

    // o2ib0(ib0,ib1),tcp0(eth1)
    private static IEnumerable<LnetNetwork> Networks(string parameter) =>
        from match in Network.Matches(parameter)
        select new LnetNetwork
        {
            Name = match.Groups[1].Value,
            Interfaces = match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };

    // lnetctl's own key for the local interfaces has changed: "local NI(s)", and "interfaces" in old files.
    private static IEnumerable<LnetNetwork> Networks(Block yaml) =>
        from net in yaml.Named("net").SelectMany(list => list.Blocks)
        let name = net.Value("net type") ?? net.Value("net")
        where name is not null and not "lo"
        let locals = net.Blocks.Where(block => block.Name == "local NI(s)").SelectMany(list => list.Blocks).ToArray()
        select new LnetNetwork
        {
            Name = name,
            Interfaces = [.. locals.Append(net).SelectMany(local => local.Named("interfaces")).SelectMany(list => list.Values).Select(value => value.Value)],
            Nids = [.. locals.Append(net).Select(local => local.Value("nid")).OfType<string>()],
        };

    // tcp1 10.1.0.1@o2ib0; tcp2 10.1.0.2@o2ib0
    private static IEnumerable<LnetRoute> Routes(string parameter) =>
        Route.Matches(parameter).Select(match => new LnetRoute(match.Groups[1].Value, match.Groups[2].Value));

    private static IEnumerable<LnetRoute> Routes(Block yaml) =>
        from route in yaml.Named("route").SelectMany(list => list.Blocks)
        where route.Value("net") is not null && route.Value("gateway") is not null
        select new LnetRoute(route.Value("net")!, route.Value("gateway")!); // both seen in the line above
}
