using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Reports;

/// <summary>Findings in words, for documents that other programs show: safe to look at, and bounded.</summary>
internal static class ReportText
{
    public const int LongestValue = 2_000;

    public static string Value(string? value) => value is null ? "(nothing)" : Shorten.Line(value, LongestValue);

    /// <summary>One sentence: what is wrong.</summary>
    public static string Change(Finding finding) => finding switch
    {
        { IsMoved: true } => $"stands in another place: {Value(finding.Wanted)}",
        { IsSecret: true, Wanted: not null, Found: not null } => "another secret value (neither is shown)",
        { Found: null } => $"missing; wanted {Value(finding.Wanted)}",
        { Wanted: null } => $"new: {Value(finding.Found)}",
        _ => $"wanted {Value(finding.Wanted)}, found {Value(finding.Found)}",
    };

    /// <summary>Why a finding does not count, who sees to it and how long, for after "waived" or "it was waived".</summary>
    public static string Terms(Waiver waiver) =>
        $"until {Units.Day(waiver.Until)} by {Value(waiver.Decision.Owner)}: {Value(waiver.Decision.Reason)} ({waiver.Id})";

    /// <summary>That a waiver's last day is over, and what to do.</summary>
    public static string Expired(Waiver waiver) =>
        $"waiver {waiver.Id} EXPIRED on {Units.Day(waiver.Until)} and hides nothing any more: {Value(waiver.Subject)} "
        + $"(owner {Value(waiver.Decision.Owner)}: {Value(waiver.Decision.Reason)}). Put it right, waive it anew, or: relustre waive remove {waiver.Id}";

    public static string Setting(Finding finding) => Shorten.Line(finding.Setting, LongestValue);

    public static string Message(Finding finding) =>
        $"{Shorten.Line(finding.Host, LongestValue)}: {finding.Component}: {Setting(finding)}: {Change(finding)}. {Shorten.Line(finding.Why, LongestValue)}."
        + (finding.Consequence is { } consequence ? $" {Value(consequence)}." : "")
        + (finding.NextStep is { } next ? $" Next: {Value(next)}." : "");
}
