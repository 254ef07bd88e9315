namespace Relustre.Rules;

/// <summary>A rule that the servers of a pair (or of a larger cluster) keep or break together.</summary>
public abstract class PairRule(string name, string component, Risk risk) : Rule(name, component, risk)
{
    /// <summary>The components whose files and answers it looks at, as facts never hold a secret.</summary>
    public virtual IReadOnlyList<string> States => [];

    /// <summary>The components whose facts in the newest backups it looks at.</summary>
    public virtual IReadOnlyList<string> BackupFacts => [];

    public abstract IEnumerable<Finding> Check(PairView pair);

    /// <summary>One finding where those who know it do not say the same; null: this server does not know it.</summary>
    protected IEnumerable<Finding> WhereTheyDiffer(PairView pair, string setting, Func<ServerView, string?> value)
    {
        var told = PartnerValues.Of(pair.Servers, value);
        if (told.Differ)
            yield return Found(told.Host, setting, told.Wanted, told.Found);
    }
}
