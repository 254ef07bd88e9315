using Relustre.Rules;

namespace Relustre.Audit;

/// <summary>Compares the servers of one pair: by the named rules, then setting by setting where no rule knows better.</summary>
internal sealed class PairAudit(Catalogue catalogue, RuleBook book, RuleGuard guard)
{
    public async Task<IReadOnlyList<Finding>> OfAsync(string name, IReadOnlyList<ViewedServer> servers, DateTimeOffset now, CancellationToken cancel)
    {
        var views = new List<ServerView>();
        foreach (var server in servers)
            views.Add(await ViewAsync(server, now, cancel));
        var pair = new PairView(name, views);
        var findings = book.OfPairs.SelectMany(rule => guard.Checked(views[0].Host, rule.Name, () => rule.Check(pair))).ToList();
        foreach (var component in catalogue.InRestoreOrder)
            findings.AddRange(await ComparedAsync(component, servers, views, cancel));
        return findings;
    }

    private async Task<ServerView> ViewAsync(ViewedServer server, DateTimeOffset now, CancellationToken cancel)
    {
        var view = await server.WithFactsAsync(server.At(now), book.OfPairs.SelectMany(rule => rule.Facts).Distinct(), cancel);
        view = await server.WithBackupAsync(view, book.OfPairs.SelectMany(rule => rule.BackupFacts).Distinct(), cancel);
        var needed = book.OfPairs.SelectMany(rule => rule.States).ToHashSet();
        foreach (var component in catalogue.Components.Where(component => needed.Contains(component.Name)))
            view = await server.WithStateAsync(view, component, cancel);
        return view;
    }

    private async Task<IReadOnlyList<Finding>> ComparedAsync(Component component, IReadOnlyList<ViewedServer> servers, List<ServerView> views, CancellationToken cancel)
    {
        var comparison = new PartnerComparison(component, book.CoveredIn(component.Name));
        if (!comparison.IsNeeded)
            return [];
        var whole = new List<ServerView>();
        foreach (var (at, server) in servers.Index())
            whole.Add(views[at].States.ContainsKey(component.Name) ? views[at] : await server.WithStateAsync(views[at], component, cancel));
        return guard.Checked(views[0].Host, $"{PartnerComparison.Rule} {component.Name}", () => comparison.Of(whole));
    }
}
