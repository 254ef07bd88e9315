using Relustre.Rules;

namespace Relustre.Tests.Rules;

/// <summary>Changes one thing of a server or of a pair.</summary>
internal static class Breaking
{
    extension(ServerView server)
    {
        public ServerView With<T>(Func<T, T> change) where T : ComponentFacts =>
            server with { Facts = server.Facts.ToDictionary(one => one.Key, one => one.Value is T facts ? change(facts) : one.Value) };

        public ServerView Adding(string component, ComponentFacts facts) =>
            server with { Facts = new Dictionary<string, ComponentFacts>(server.Facts) { [component] = facts } };

        public ServerView Changing(string component, Func<ComponentState, ComponentState> change) =>
            server with { States = server.States.ToDictionary(one => one.Key, one => one.Key == component ? change(one.Value) : one.Value) };
    }

    extension(PairView pair)
    {
        /// <summary>The pair with another second server.</summary>
        public PairView Second(Func<ServerView, ServerView> change) => pair with { Servers = [pair.Servers[0], change(pair.Servers[1])] };

        public PairView Both(Func<ServerView, ServerView> change) => pair with { Servers = [.. pair.Servers.Select(change)] };

        public PairView SecondOf<T>(Func<T, T> change) where T : ComponentFacts => pair.Second(server => server.With(change));

        public PairView BothOf<T>(Func<T, T> change) where T : ComponentFacts => pair.Both(server => server.With(change));

        /// <summary>All that the book finds.</summary>
        public IReadOnlyList<Finding> Findings =>
        [
            .. RuleBook.BuiltIn.OfServers.SelectMany(rule => pair.Servers.SelectMany(rule.Check)),
            .. RuleBook.BuiltIn.OfPairs.SelectMany(rule => rule.Check(pair)),
        ];

        public IReadOnlyList<Finding> Of(string rule) => [.. pair.Findings.Where(finding => finding.Rule == rule)];
    }
}
