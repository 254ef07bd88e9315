using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>After a power cut one node comes back into the cluster and the other does not.</summary>
internal sealed class ClusterAutostartDiffers() : PairRule("cluster-autostart-differs", "services", Risk.FailoverAtRisk)
{
    private static readonly string[] services = ["corosync", "pacemaker"];

    public override string Why => "after the next reboot one node joins the cluster by itself and the other stays away, and nobody notices until the first one dies";

    public override string Source => "tried: a node rebuilt by appendix C, whose script saves no units; IML sets both nodes up alike";

    public override string NextStep => "decide for both: 'systemctl enable corosync pacemaker' as IML does, or off on both and started by hand";

    public override IReadOnlyList<string> Covers =>
        [.. services.SelectMany(name => new[] { $"unit-files: {name}.service*", $"chkconfig: {name}*", $"/etc/systemd/system/*/{name}.service*" })];

    public override IEnumerable<Finding> Check(PairView pair) =>
        from name in services
        from finding in WhereTheyDiffer(pair, name, server => State(server, name))
        select finding;

    private static string? State(ServerView server, string name)
    {
        var facts = server.Fact<ServicesFacts>();
        var unit = facts?.Units.FirstOrDefault(unit => unit.Name == $"{name}.service")?.State;
        var levels = facts?.SysV.FirstOrDefault(service => service.Name == name)?.Levels;
        return unit is "enabled" or "disabled" ? unit : levels is null ? null : levels.Length > 0 ? "enabled" : "disabled";
    }
}
