using Relustre.Formats;

namespace Relustre;

/// <summary>How text becomes settings. Total: no text is too broken to read, since a server in trouble has broken files.</summary>
public abstract class Format
{
    /// <summary>Bytes without a meaning that we know: no settings.</summary>
    public static Format Opaque { get; } = new Opaque();

    internal static Format Assignments { get; } = new Assignments();

    internal static Format Braces { get; } = new Braces();

    internal static Format Chkconfig { get; } = new Chkconfig();

    internal static Format Cib { get; } = new Cib();

    internal static Format Colons { get; } = new Colons();

    internal static Format Crontab { get; } = new Crontab(hasUser: true);

    internal static Format Fstab { get; } = new Fstab();

    internal static Format Json { get; } = new Json();

    internal static Format Ldev { get; } = new Ldev();

    internal static Format Lines { get; } = new Lines();

    internal static Format LnetYaml { get; } = new LnetYaml();

    internal static Format ModprobeOptions { get; } = new ModprobeOptions();

    internal static Format Pairs { get; } = new Pairs();

    internal static Format Sections { get; } = new Sections();

    internal static Format SingleValue { get; } = new SingleValue();

    internal static Format SshOptions { get; } = new SshOptions();

    internal static Format UserCrontab { get; } = new Crontab(hasUser: false);

    /// <summary>What <paramref name="text"/> says, in its own order. Never throws.</summary>
    public abstract IEnumerable<Setting> Read(string text);
}
