namespace Relustre.Audit;

/// <summary>A finding, or all findings of a rule, passed over until a day: by whom, why, and who sees to it.</summary>
public sealed record Waiver(Decision Decision)
{
    public string Id => Decision.Id;

    public DateOnly Until => Decision.Until ?? DateOnly.MinValue;

    /// <summary>Whether it may still hide anything on this day.</summary>
    public bool HoldsOn(DateOnly day) => day <= Until;

    /// <summary>
    /// A finding's identity includes what it found, so a waiver for one value is none for another; of a secret it covers
    /// every value, since none of them is written down.
    /// </summary>
    public bool Covers(Finding finding) => Decision.Finding is { } waived
        ? waived.Id == finding.Id
        : Decision.Rule == finding.Rule && Concerns(finding.Host);

    /// <summary>Whether it is about this host, or about all.</summary>
    public bool Concerns(string host) => Decision.Host is null || Decision.Host == host;

    /// <summary>What it is about, in a few words.</summary>
    public string Subject => Decision.Finding is { } finding
        ? $"{finding.Host}  {finding.Component}  {finding.Setting}"
        : $"rule {Decision.Rule}{(Decision.Host is { } host ? $" on {host}" : "")}";
}
