namespace Relustre.Rules;

/// <summary>A rule that one server alone can keep or break.</summary>
public abstract class ServerRule(string name, string component, Risk risk) : Rule(name, component, risk)
{
    public abstract IEnumerable<Finding> Check(ServerView server);

    protected Finding Found(ServerView server, string setting, string? wanted, string? found) => Found(server.Host, setting, wanted, found);
}
