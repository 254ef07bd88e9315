using System.Security.Cryptography;
using System.Text;
using Relustre.Capture;

namespace Relustre.Snapshots;

/// <summary>One number for everything that the tools of a host said, so that "nothing new" is known without reading the last answers.</summary>
internal static class ToolsDigest
{
    public static string Of(IReadOnlyList<ComponentOutput> outputs)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (component, output) in outputs.OrderBy(one => one.Component, StringComparer.Ordinal).ThenBy(one => one.Output.Name, StringComparer.Ordinal))
        {
            digest.AppendData(Encoding.UTF8.GetBytes(
                $"{component}/{output.Name}\0{output.Outcome}\0{output.ExitCode}\0{output.Complaint}\0{output.Output.Length}\0"));
            digest.AppendData(output.Output.Span);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
