using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Servers of a pair that are in different networks of LNet.</summary>
internal sealed class LnetNetworksDiffer() : PairRule("lnet-networks-differ", "lnet", Risk.FailoverAtRisk)
{
    private const string None = "(none)";

    public override string Why => "clients look for a target on the partner's NIDs in the networks they know, and do not find it in another";

    public override string Source => "Lustre: a target's NIDs of both servers are written down when it is formatted; IML's iml_lnet_module_parameters.conf";

    public override string NextStep => "configure LNet on both alike (in IML, or in modprobe.d or lnet.conf); a NID that changes needs a writeconf";

    public override IEnumerable<Finding> Check(PairView pair) => WhereTheyDiffer(pair, "networks", Networks);

    private static string Networks(ServerView server)
    {
        var facts = server.Fact<LnetFacts>();
        var names = (facts is { Configured.Count: > 0 } ? facts.Configured : facts?.Live ?? []).Select(network => Whole(network.Name)).Distinct().Order(StringComparer.Ordinal);
        return string.Join(", ", names) is { Length: > 0 } some ? some : None;
    }

    // "tcp" is "tcp0".
    private static string Whole(string name) => name.Length > 0 && !char.IsAsciiDigit(name[^1]) ? $"{name}0" : name;
}
