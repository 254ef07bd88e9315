using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>A waiver, for programs.</summary>
internal sealed record WaiverReply(string Id, DateTimeOffset At, string By, string Machine)
{
    public string? Host { get; init; }

    /// <summary>The rule that is waived as a whole.</summary>
    public string? Rule { get; init; }

    /// <summary>The finding that is waived, as it was then.</summary>
    public Finding? Finding { get; init; }

    public string? Reason { get; init; }

    public string? Owner { get; init; }

    public DateOnly? Until { get; init; }

    public bool IsExpired { get; init; }

    public static WaiverReply Of(Waiver waiver, bool isExpired) => new(waiver.Id, waiver.Decision.At, waiver.Decision.By, waiver.Decision.Machine)
    {
        Host = waiver.Decision.Host,
        Rule = waiver.Decision.Rule,
        Finding = waiver.Decision.Finding,
        Reason = waiver.Decision.Reason,
        Owner = waiver.Decision.Owner,
        Until = waiver.Decision.Until,
        IsExpired = isExpired,
    };
}
