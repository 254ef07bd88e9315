using System.Text.RegularExpressions;

namespace Relustre.Facts;

/// <summary>Tells from ibstat which ports a server has.</summary>
internal static partial class RdmaReading
{
    [GeneratedRegex("^CA '([^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Adapter { get; }

    [GeneratedRegex("^Port ([0-9]+):$", RegexOptions.NonBacktracking)]
    private static partial Regex Port { get; }

    public static RdmaFacts? Facts(ComponentState state)
    {
        var ports = new List<RdmaPort>();
        var adapter = "";
        foreach (var line in state.Said("ibstat.txt")?.Split('\n', StringSplitOptions.TrimEntries) ?? [])
        {
            if (Adapter.Match(line) is { Success: true } found)
                adapter = found.Groups[1].Value;
            else if (Port.Match(line) is { Success: true } port)
                ports.Add(new() { Adapter = adapter, Number = port.Groups[1].Value });
            else if (ports.Count > 0 && ports[^1].Adapter == adapter)
                ports[^1] = With(ports[^1], line);
        }
        return ports.Count == 0 ? null : new(ports);
    }

    private static RdmaPort With(RdmaPort port, string line) => line.Split(':', 2, StringSplitOptions.TrimEntries) switch
    {
        ["State", var state] => port with { State = state },
        ["Port GUID", var guid] => port with { PortGuid = guid },
        ["Link layer", var layer] => port with { LinkLayer = layer },
        _ => port,
    };
}
