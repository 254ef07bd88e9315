using System.Security.Cryptography;
using System.Text;

namespace Relustre;

/// <summary>Something about a server that an administrator should know, worst first. It never holds a secret.</summary>
/// <param name="Host">The server; for a finding about a pair, the one to look at first.</param>
/// <param name="Component">The component's name.</param>
/// <param name="Rule"><see cref="Drift"/>, or the name of the rule that found it.</param>
/// <param name="Setting">What it is about: a setting's key, or a place.</param>
public sealed record Finding(string Host, string Component, string Rule, string Setting)
{
    /// <summary>The rule of what differs from the baseline.</summary>
    public const string Drift = "drift";

    /// <summary>As it may be shown; null: it should not be there.</summary>
    public string? Wanted { get; init; }

    /// <summary>As it may be shown; null: it is not there.</summary>
    public string? Found { get; init; }

    public bool IsSecret { get; init; }

    public bool IsMoved { get; init; }

    public required Risk Risk { get; init; }

    /// <summary>One sentence, without a full stop.</summary>
    public required string Why { get; init; }

    /// <summary>What Pacemaker's own simulator says that the cluster would do about it, one sentence; null: nobody asked or could tell.</summary>
    public string? Consequence { get; init; }

    /// <summary>Of a change of the CIB: why there is no <see cref="Consequence"/>; null: there is one, or it is something else that changed.</summary>
    public string? Unpredicted { get; init; }

    /// <summary>What to do about it: one sentence without a full stop; null: that depends.</summary>
    public string? NextStep { get; init; }

    /// <summary>
    /// The same for the same trouble whenever it is found, so that it can be accepted or waived by it: 12 hexadecimal digits.
    /// Of values only the wanted and found ones that may be shown count: a waiver for one value is none for another.
    /// </summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Host, Component, Rule, Setting, Wanted, Found))))[..12];

    public static Finding Of(string host, Difference difference) => new(host, difference.Component, Drift, difference.Key)
    {
        Wanted = difference.ShownWanted,
        Found = difference.ShownFound,
        IsSecret = difference.IsSecret,
        IsMoved = difference.IsMoved,
        Risk = difference.Risk,
        Why = difference.Why,
    };
}
