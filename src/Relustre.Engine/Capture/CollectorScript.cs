using System.Reflection;
using System.Security.Cryptography;

namespace Relustre.Capture;

/// <summary>The one program that runs on a server: a POSIX shell script made from all sources of a catalogue.</summary>
public sealed class CollectorScript
{
    /// <summary>The number of the protocol; raised when an older client or collector could not follow.</summary>
    public const int Protocol = 3;

    /// <summary>Bytes of one tool's output; what goes beyond is dropped and said to be.</summary>
    public const int ToolOutputLimit = 8 << 20;

    /// <summary>What the collector says when it cannot begin, or go on.</summary>
    internal const string NoRoot = "the root folder cannot be entered";
    internal const string NoFind = "GNU find is not installed; install findutils there";
    internal const string NoTar = "GNU tar is not installed; install it there";

    /// <summary>What ssh runs: it asks for the script's length and text, so that nothing needs to be installed.</summary>
    internal const string Bootstrap = """printf "relustre?\n"; read -r bytes; eval "$(head -c "$bytes")" """;

    private CollectorScript(Catalogue catalogue)
    {
        Sources = new CataloguePaths(catalogue);
        // Those that read whole databases take longest, so they begin first.
        Tools = [.. catalogue.Components.SelectMany(component => component.Sources.OfType<Source.Tool>().Select(tool => (component.Name, tool))).OrderBy(one => one.tool.Reads.Count == 0)];
        var text = Template()
            .Replace("@names@\n", ScriptNames.Of(Sources), StringComparison.Ordinal)
            .Replace("@tools@\n", ScriptText.Tools(Tools), StringComparison.Ordinal)
            .Replace("@cap@", $"{ToolOutputLimit + 1}", StringComparison.Ordinal)
            // In the half kilobytes that ulimit counts: a little more than the limit, so that it is seen to be exceeded.
            .Replace("@blocks@", $"{ToolOutputLimit / 512 + 1}", StringComparison.Ordinal)
            .Replace("@protocol@", $"{Protocol}", StringComparison.Ordinal);
        Digest = Convert.ToHexStringLower(SHA256.HashData(UnixPath.Encode(text)))[..16];
        Text = text.Replace("@digest@", Digest, StringComparison.Ordinal);
    }

    /// <summary>The script as it can be read, checked, and installed as a key's forced command.</summary>
    public string Text { get; }

    /// <summary>Changes with every source and every line of the script; 16 hexadecimal digits.</summary>
    public string Digest { get; }

    internal CataloguePaths Sources { get; }

    internal IReadOnlyList<(string Component, Source.Tool Tool)> Tools { get; }

    /// <exception cref="ArgumentException">A source's pattern or name is none.</exception>
    public static CollectorScript For(Catalogue catalogue) => new(catalogue);

    private static string Template()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("collector.sh")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
