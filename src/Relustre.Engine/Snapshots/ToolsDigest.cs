using System.Security.Cryptography;
using System.Text;
using Relustre.Capture;

namespace Relustre.Snapshots;

/// <summary>One number for everything that the tools of a host said, so that "nothing new" is known without reading the last answers.</summary>
internal static class ToolsDigest
{
    /// <param name="standing">What those said that were not asked.</param>
    public static string Of(IReadOnlyList<ComponentOutput> outputs, IReadOnlyDictionary<string, StandingAnswer> standing)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var output in outputs.OrderBy(output => output.Key, StringComparer.Ordinal))
            digest.AppendData(Encoding.UTF8.GetBytes($"{output.Key}\0{(output.Stands ? standing[output.Key].Said : Of(output.Output))}\0"));
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>The same of one answer.</summary>
    public static string Of(ToolOutput output)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{output.Outcome}\0{output.ExitCode}\0{output.Complaint}\0{output.Output.Length}\0"));
        digest.AppendData(output.Output.Span);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>The answers that stand until a file changes.</summary>
    /// <param name="before">Those of tools that were not asked.</param>
    public static IReadOnlyDictionary<string, StandingAnswer> Standing(IReadOnlyList<ComponentOutput> outputs, IReadOnlyDictionary<string, StandingAnswer> before)
    {
        var standing = new SortedDictionary<string, StandingAnswer>(StringComparer.Ordinal);
        foreach (var output in outputs)
        {
            if (output is { Stands: true })
                standing[output.Key] = before[output.Key];
            else if (output is { Seen: { } seen, Output: { Outcome: ToolOutcome.Answered } said })
                standing[output.Key] = new StandingAnswer(seen, Of(said));
        }
        return standing;
    }
}
