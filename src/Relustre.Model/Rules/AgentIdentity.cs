using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>An agent of IML's that cannot prove who it is: no private key, or one that is not its certificate's.</summary>
internal sealed class AgentIdentity() : ServerRule("agent-identity", "chroma-agent", Risk.RecoveryAtRisk)
{
    public override string Why => "the manager can only forget a server that cannot prove who it is, and with it its targets and file systems";

    public override string Source => "IML: registration refuses a known name, and Force Remove deletes the host's targets";

    public override string NextStep => "bring private.pem and self.crt back together from one backup, and delete identity.pfx (IML 5 and later makes it again)";

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<ChromaAgentFacts>() is not { } agent)
            yield break;
        if (!agent.HasPrivateKey)
            yield return Found(server, "private.pem", "the agent's key", null);
        else if (agent.KeyFitsCertificate == false)
            yield return Found(server, "private.pem", "the key of self.crt", "another key");
    }
}
