using System.Text.Json;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Tells which nodes pcsd may talk to. Their names are no secret, their tokens are.</summary>
internal static class PcsdReading
{
    // Up to pcs 0.9, and from 0.10 on.
    private static readonly (string Path, string Member)[] places = [("/var/lib/pcsd/tokens", "tokens"), ("/var/lib/pcsd/known-hosts", "known_hosts")];

    /// <summary>Null: pcsd has left nothing here, so it has never run.</summary>
    public static IReadOnlyList<string>? Peers(ComponentState state) =>
        state.Files.Any(file => file.Kind == FileKind.File && file.Path.StartsWith("/var/lib/pcsd/", StringComparison.Ordinal))
            ? [.. places.SelectMany(place => Names(state.Text(place.Path) ?? "", place.Member)).Distinct().Order(StringComparer.Ordinal)]
            : null;

    private static List<string> Names(string text, string member)
    {
        using var json = JsonText.Parse(text);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(member, out var known) && known.ValueKind == JsonValueKind.Object
            ? [.. known.EnumerateObject().Select(node => node.Name)]
            : [];
    }
}
