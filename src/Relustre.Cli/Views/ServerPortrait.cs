using System.Text.Json;
using Relustre.Cli.Output;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Views;

/// <summary>What a server is, on one page: for somebody who has to build it again and has never seen it.</summary>
internal static class ServerPortrait
{
    private const int ShownProblems = 10;

    public static IEnumerable<string> Of(StoredSnapshot snapshot, Manifest manifest, IReadOnlyList<ComponentFacts> facts)
    {
        var sheet = new FactSheet(facts);
        return
        [
            $"{manifest.Host}  (snapshot {snapshot.Id.Short}, {Units.Time(snapshot.Record.Time)})",
            "",
            .. System(manifest, sheet),
            .. Network(sheet),
            .. Cluster(sheet),
            .. Lustre(sheet),
            "",
            .. Components(manifest),
            .. Problems(snapshot, manifest),
        ];
    }

    /// <summary>How a tool answered, for people.</summary>
    public static string Words(ManifestTool tool) => tool.Outcome switch
    {
        ToolOutcome.Answered => $"{tool.Name}: answered",
        ToolOutcome.Missing => $"{tool.Name}: not on this server",
        ToolOutcome.Failed => $"{tool.Name}: failed with exit code {tool.ExitCode}{(tool.Complaint is { Length: > 0 } said ? $": {said.Trim()}" : "")}",
        ToolOutcome.TimedOut => $"{tool.Name}: did not end in its time",
        ToolOutcome.Truncated => $"{tool.Name}: printed too much; cut off",
        ToolOutcome.Rubbish => $"{tool.Name}: printed rubbish",
        _ => $"{tool.Name}: not asked, since this is a file tree",
    };

    private static IEnumerable<string> System(Manifest manifest, FactSheet sheet)
    {
        string?[] machine = [sheet.Text("system", "manufacturer"), sheet.Text("system", "product"), sheet.Text("system", "serialNumber")];
        return Filled(
            ("name", sheet.Text("system", "hostName")),
            ("system", sheet.Text("system", "release")),
            ("kernel", sheet.Text("system", "kernel") ?? (manifest.Uname.Length > 0 ? manifest.Uname : null)),
            ("machine", string.Join(' ', machine.OfType<string>())),
            ("host id", sheet.Text("system", "hostId")),
            ("time zone", sheet.Text("system", "timeZone")),
            ("SELinux", sheet.Text("selinux", "mode") ?? sheet.Text("selinux", "configured")),
            ("packages", sheet.List("packages", "packages") is { Count: > 0 } packages ? Units.Count(packages.Count, "package") : null));
    }

    private static IEnumerable<string> Network(FactSheet sheet) => Each("network", sheet.List("network", "interfaces"), one =>
        Joined(FactSheet.TextOf(one, "name"), FactSheet.TextOf(one, "mac"), FactSheet.ListOf(one, "addresses"), FactSheet.TextOf(one, "driver")));

    private static IEnumerable<string> Cluster(FactSheet sheet) =>
    [
        .. Filled(
            ("cluster", sheet.Text("corosync", "clusterName")),
            ("CIB", sheet.Text("pacemaker", "epoch") is { } epoch
                ? $"{sheet.Text("pacemaker", "adminEpoch")}.{epoch}.{sheet.Text("pacemaker", "updates")}"
                : null)),
        .. Each("member", sheet.List("pacemaker", "nodes"), node => FactSheet.TextOf(node, "name")),
        .. Each("resource", sheet.List("pacemaker", "resources"), one => Joined(FactSheet.TextOf(one, "id"), FactSheet.TextOf(one, "agent"))),
    ];

    private static IEnumerable<string> Lustre(FactSheet sheet) =>
    [
        .. Filled(
            ("Lustre", sheet.Text("lustre", "version")),
            ("manager", sheet.Text("chroma-agent", "managerUrl")),
            ("profile", sheet.Text("chroma-agent", "profile"))),
        .. Each("NID", sheet.List("lnet", "nids"), nid => nid.ToString()),
        .. Each("target", sheet.List("mount-points", "targets") is { Count: > 0 } targets ? targets : sheet.List("chroma-agent", "targets"),
            target => Joined(
                FactSheet.TextOf(target, "target") ?? FactSheet.TextOf(target, "targetName"),
                FactSheet.TextOf(target, "device"),
                FactSheet.TextOf(target, "mountPoint"))),
    ];

    private static IEnumerable<string> Components(Manifest manifest)
    {
        var sheet = new Sheet("COMPONENT", ">FILES", "TOOLS");
        foreach (var component in manifest.Components.Where(component => component.Files > 0 || component.Tools.Any(tool => tool.Outcome == ToolOutcome.Answered)))
        {
            var answered = component.Tools.Count(tool => tool.Outcome == ToolOutcome.Answered);
            var failed = component.Tools.Count(tool => tool.Outcome is ToolOutcome.Failed or ToolOutcome.TimedOut or ToolOutcome.Truncated or ToolOutcome.Rubbish);
            sheet.Add(component.Name, $"{component.Files}", (answered > 0 ? $"{answered} answered" : "") + (failed > 0 ? $", {failed} FAILED" : ""));
        }
        return sheet.Lines();
    }

    private static IEnumerable<string> Problems(StoredSnapshot snapshot, Manifest manifest) => manifest.Problems.Count == 0
        ? []
        :
        [
            "",
            $"not captured ({manifest.Problems.Count}):",
            .. manifest.Problems.Take(ShownProblems).Select(problem => $"  {problem.Subject}: {problem.Message}"),
            .. manifest.Problems.Count > ShownProblems
                ? [$"  and {manifest.Problems.Count - ShownProblems} more: relustre show {snapshot.Id.Short} --problems"]
                : Array.Empty<string>(),
        ];

    private static IEnumerable<string> Filled(params IEnumerable<(string Name, string? Value)> rows) =>
        rows.Where(row => row.Value is { Length: > 0 }).Select(row => $"{row.Name,-10}{row.Value}");

    private static IEnumerable<string> Each(string name, IEnumerable<JsonElement> items, Func<JsonElement, string?> words) =>
        items.Select(words).Where(text => text is { Length: > 0 }).Select((text, index) => $"{(index == 0 ? name : ""),-10}{text}");

    private static string Joined(params IEnumerable<string?> parts) => string.Join("  ", parts.OfType<string>());
}
