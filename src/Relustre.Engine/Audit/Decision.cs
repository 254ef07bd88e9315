using System.Security.Cryptography;

namespace Relustre.Audit;

/// <summary>What somebody decided about a server or a finding: one line of the decisions beside the vault. It never holds a secret.</summary>
public sealed record Decision
{
    /// <summary>Nine characters, to name it by: a letter and hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DecisionKind Kind { get; init; }

    public required string By { get; init; }

    public required string Machine { get; init; }

    /// <summary>The host it is about; null: every one.</summary>
    public string? Host { get; init; }

    /// <summary>The accepted snapshot, or the baseline that the finding was found against.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The finding as it was when it was accepted or waived.</summary>
    public Finding? Finding { get; init; }

    /// <summary>All findings of a rule are waived.</summary>
    public string? Rule { get; init; }

    public string? Reason { get; init; }

    /// <summary>Who sees to it that what is waived is put right.</summary>
    public string? Owner { get; init; }

    /// <summary>A waiver's last day, in universal time.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The waiver that counts no longer.</summary>
    public string? Removes { get; init; }

    public static Decision Of(DecisionKind kind, Author author, DateTimeOffset at) => new()
    {
        Id = (kind == DecisionKind.Waived ? "w" : "d") + RandomNumberGenerator.GetHexString(8, lowercase: true),
        At = at,
        Kind = kind,
        By = author.By,
        Machine = author.Machine,
    };
}
