namespace Relustre.Cli.Output;

/// <summary>A risk's names: for people, for programs and on the command line, and how loud it is.</summary>
internal static class RiskWords
{
    public static IReadOnlyList<Risk> WorstFirst { get; } = [.. Enum.GetValues<Risk>().OrderDescending()];

    /// <summary>As <c>--json</c> has it and the command line takes it.</summary>
    public static string Name(Risk risk) => risk switch
    {
        Risk.DataAtRisk => "data-at-risk",
        Risk.FailoverAtRisk => "failover-at-risk",
        Risk.RecoveryAtRisk => "recovery-at-risk",
        Risk.Security => "security",
        Risk.Config => "config",
        _ => "cosmetic",
    };

    public static string Words(Risk risk) => risk == Risk.Config ? "configuration" : Name(risk).Replace('-', ' ');

    /// <summary>What it means, for whoever reads it the first time.</summary>
    public static string Meaning(Risk risk) => risk switch
    {
        Risk.DataAtRisk => "a target could be active on two nodes at once, or be destroyed",
        Risk.FailoverAtRisk => "when one node of the pair dies, the other will not take over",
        Risk.RecoveryAtRisk => "this server could not be rebuilt, or not as it is",
        Risk.Security => "somebody may do what they should not",
        Risk.Config => "the server behaves differently than it should",
        _ => "looks different and works the same",
    };

    public static Tone Tone(Risk risk) => risk switch
    {
        Risk.DataAtRisk or Risk.FailoverAtRisk => Output.Tone.Alarm,
        Risk.RecoveryAtRisk or Risk.Security => Output.Tone.Warning,
        Risk.Config => Output.Tone.Notice,
        _ => Output.Tone.Quiet,
    };

    /// <summary>Also its first word alone; null: no risk is called so.</summary>
    public static Risk? Parse(string word) => WorstFirst
        .Where(risk => Name(risk) == word || Name(risk) == $"{word}-at-risk")
        .Select(risk => (Risk?)risk).FirstOrDefault();
}
