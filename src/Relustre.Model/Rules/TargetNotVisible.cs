using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A target that this server is to serve, and does not see.</summary>
internal sealed class TargetNotVisible() : ServerRule("target-not-visible", "multipath", Risk.FailoverAtRisk)
{
    public override string Why => "a server that does not see a target's device cannot take it over";

    public override string Source => "IML's high availability specification: both servers of a pair see exactly the same LUNs, under names that do not change";

    public override string NextStep => "compare 'multipath -ll' with the partner's; if the LUN is there under another name, restore /etc/multipath/bindings, else look at zoning and cables";

    public override IReadOnlyList<string> Facts => ["multipath", "mount-points", "pacemaker", "system", "network", "name-resolution", "lustre"];

    public override IEnumerable<Finding> Check(ServerView server)
    {
        var devices = new SeenDevices(server);
        return from target in Targets(server)
               where target.Device is not null && devices.Has(target.Device) == false
               group target by target.Device into missing
               select Found(server, missing.Key, missing.First().Target ?? "a target", Hint(devices, missing.Key)); // the key was looked at above
    }

    // The LUN may be there under another name, as the bindings know.
    private static string? Hint(SeenDevices devices, string device) =>
        devices.Bound(device) is { } wwid && devices.NamesOf(wwid).FirstOrDefault() is { } name ? $"its LUN {wwid} is /dev/mapper/{name} here" : null;

    private static IEnumerable<TargetMount> Targets(ServerView server)
    {
        var own = new OwnNames(server);
        var cluster = server.Fact<PacemakerFacts>();
        var located = (cluster?.Locations ?? []).Where(place => place.Node is { } node && own.Is(node) == true).Select(place => place.Resource).ToHashSet();
        var listed = (server.Fact<LustreFacts>()?.Ldev ?? []).Where(entry => own.Is(entry.Local) == true || (entry.Foreign is { } partner && own.Is(partner) == true)).Select(entry => entry.Label).ToHashSet();
        return (server.Fact<MountPointsFacts>()?.Targets ?? []).Where(target => target.From switch
        {
            "agent" => true,
            "cib" => cluster is null or { Nodes.Count: <= 2 } || located.Contains(target.Target),
            "ldev" => target.Target is { } label && listed.Contains(label),
            _ => false,
        });
    }
}
