using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A nodelist in which this server does not find itself.</summary>
internal sealed class NotInNodelist() : ServerRule("not-in-nodelist", "corosync", Risk.FailoverAtRisk)
{
    public override string Why => "Corosync does not start on a node that it cannot find in its own nodelist";

    public override string Source => "Corosync; IML issue 1084 (a wrong ring0); appendix C restores the file as it was, though names and addresses may have changed";

    public override string NextStep => "compare the nodelist with the server's name and addresses ('hostname', 'ip -br address') and with the partner's file";

    public override IReadOnlyList<string> Facts => ["corosync", "system", "network", "name-resolution"];

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<CorosyncFacts>() is not { Nodes: { Count: > 0 } nodes })
            yield break;
        var own = new OwnNames(server);
        var words = nodes.Select(node => node.Name).OfType<string>().Concat(nodes.SelectMany(node => node.Addresses)).Distinct().ToList();
        if (words.All(word => own.Is(word) == false))
            yield return Found(server, "nodelist", $"a node that is {server.Host}", string.Join(", ", words));
    }
}
