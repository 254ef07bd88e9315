using Relustre.Formats;

namespace Relustre;

/// <summary>How text becomes settings. Total: no text is too broken to read, since a server in trouble has broken files.</summary>
public abstract class Format
{
    /// <summary>Bytes without a meaning that we know: no settings.</summary>
    public static Format Opaque { get; } = new Opaque();

    /// <summary>What <paramref name="text"/> says, in its own order. Never throws.</summary>
    public abstract IEnumerable<Setting> Read(string text);
}
