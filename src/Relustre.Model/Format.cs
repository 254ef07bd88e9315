using Relustre.Formats;

namespace Relustre;

/// <summary>How text becomes settings. Total: no text is too broken to read, since a server in trouble has broken files.</summary>
public abstract class Format
{
    /// <summary>Bytes without a meaning that we know: no settings.</summary>
    public static Format Opaque { get; } = new Opaque();

    /// <summary>Nested blocks, as corosync.conf and multipath.conf have them.</summary>
    public static Format Braces { get; } = new Braces();

    /// <summary>Pacemaker's configuration.</summary>
    public static Format Cib { get; } = new Cib();

    public static Format Json { get; } = new Json();

    /// <summary>modprobe.d, with what IML adds in its comments.</summary>
    public static Format ModprobeOptions { get; } = new ModprobeOptions();

    /// <summary>The YAML that lnetctl reads and writes.</summary>
    public static Format LnetYaml { get; } = new LnetYaml();

    /// <summary>What <paramref name="text"/> says, in its own order. Never throws.</summary>
    public abstract IEnumerable<Setting> Read(string text);
}
