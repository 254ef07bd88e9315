using Relustre.Formats;

namespace Relustre;

/// <summary>How text becomes settings. Total: no text is too broken to read, since a server in trouble has broken files.</summary>
public abstract class Format
{
    /// <summary>Bytes without a meaning that we know: no settings.</summary>
    public static Format Opaque { get; } = new Opaque();

    /// <summary>A job by its name, which is its third word.</summary>
    internal static Format Anacron { get; } =
        new Rows(words => words is [_, _, var job, .. var command] ? new Setting(job, string.Join(' ', [words[0], words[1], .. command])) : words[0].Split('=', 2) is [var name, var value] ? new Setting(name, value) : Rows.Item(words));

    internal static Format Assignments { get; } = new Assignments();

    internal static Format BlockDevices { get; } = new BlockDevices();

    internal static Format BootKernels { get; } = new BootKernels();

    internal static Format Braces { get; } = new Braces();

    internal static Format Certificate { get; } = new Certificate();

    internal static Format Chkconfig { get; } = new Chkconfig();

    internal static Format Cib { get; } = new Cib();

    /// <summary>Nodes with their numbers, without whether they are there just now.</summary>
    internal static Format ClusterNodes { get; } = new Rows(words => words is [var id, var name, ..] ? new Setting(name, id) : null);

    internal static Format Cmap { get; } = new Cmap();

    internal static Format Colons { get; } = new Colons();

    internal static Format Crontab { get; } = new Crontab(hasUser: true);

    /// <summary>Lines that begin with a database or a service, whose names are also those of secrets: nsswitch.conf, pam.conf.</summary>
    internal static Format Databases { get; } = new Lines(isOfDatabases: true);

    internal static Format DeviceLinks { get; } = new DeviceLinks();

    /// <summary>Where each package came from and why it is there, without its version, which rpm tells.</summary>
    internal static Format DnfOrigins { get; } =
        new Rows(words => words is [var name, _, .. var origin] ? new Setting(name, string.Join(' ', origin)) : null);

    internal static Format FirewallRules { get; } = new FirewallRules();

    internal static Format Fstab { get; } = new Fstab();

    internal static Format Groups { get; } = new Groups();

    internal static Format GrubMenu { get; } = new GrubMenu();

    internal static Format HostKeys { get; } = new HostKeys();

    internal static Format Interfaces { get; } = new Interfaces();

    /// <summary>A member of a list a line.</summary>
    internal static Format Items { get; } = new Rows(words => Rows.Item(words));

    internal static Format Json { get; } = new Json();

    internal static Format KernelArguments { get; } = new KernelArguments();

    /// <summary>The first two words tell what a row is about.</summary>
    internal static Format KeyedByTwo { get; } = new Rows(words => Rows.Keyed(words, 2));

    internal static Format Kickstart { get; } = new Kickstart();

    internal static Format Ldev { get; } = new Ldev();

    /// <summary>Whom, how hard, what: then how much.</summary>
    internal static Format Limits { get; } = new Rows(words => Rows.Keyed(words, 3));

    internal static Format Lines { get; } = new Lines();

    internal static Format LnetYaml { get; } = new LnetYaml();

    internal static Format LogRules { get; } = new LogRules();

    internal static Format LoginKeys { get; } = new LoginKeys();

    /// <summary>Devices of Lustre by name, with their type and state.</summary>
    internal static Format LustreDevices { get; } =
        new Rows(words => words is [var state, var type, var name, ..] ? new Setting(name, $"{type} {state}") : Rows.Item(words));

    /// <summary>What <c>mount -t lustre</c> prints, by mount point.</summary>
    internal static Format LustreMounts { get; } =
        new Rows(words => words is [var device, "on", var place, "type", .. var how] ? new Setting(place, $"{device} {string.Join(' ', how)}") : Rows.Item(words));

    /// <summary>The version, whether it stands alone or with its names.</summary>
    internal static Format LustreVersion { get; } =
        new Rows(words => words is [[.. var name, ':'], .. var value] ? new Setting(name, string.Join(' ', value)) : words is [[>= '0' and <= '9', ..]] ? new Setting("lustre", words[0]) : Rows.Item(words));

    /// <summary>LVM's list of devices, by the physical volume's id.</summary>
    internal static Format LvmDevices { get; } =
        new Rows(words => words is [var one] && one.Split('=', 2) is [var key, var value] ? new Setting(key, value) : Rows.Keyed([.. words.OrderBy(word => !word.StartsWith("PVID=", StringComparison.Ordinal))], 1));

    internal static Format ModprobeOptions { get; } = new ModprobeOptions();

    internal static Format MultipathMaps { get; } = new MultipathMaps();

    /// <summary>Rules of a grammar in which no word names them.</summary>
    internal static Format NamedRules { get; } = new Formats.Rules("rule");

    internal static Format Nested { get; } = new Nested();

    internal static Format NftRules { get; } = new NftRules();

    /// <summary>Addresses by their networks.</summary>
    internal static Format Nids { get; } =
        new Rows(words => words[0].Split('@') is [var address, var network] ? new Setting(network, address) : Rows.Item(words));

    internal static Format Options { get; } = new Options();

    internal static Format Outline { get; } = new Outline();

    /// <summary>The same, where a value is a set of words.</summary>
    internal static Format OutlineOfSets { get; } = new Outline(isSorted: true);

    internal static Format Pairs { get; } = new Pairs();

    internal static Format PamRules { get; } = new PamRules();

    internal static Format PartitionTables { get; } = new PartitionTables();

    /// <summary>What zpool and zfs print: a dataset, a property, its value.</summary>
    internal static Format Properties { get; } = new Rows(words => Rows.Keyed(words, 2));

    internal static Format Resolver { get; } = new Resolver();

    internal static Format Rules { get; } = new Formats.Rules();

    internal static Format Script { get; } = new Script();

    internal static Format Sections { get; } = new Sections();

    internal static Format SingleValue { get; } = new SingleValue();

    internal static Format SshOptions { get; } = new SshOptions();

    internal static Format Stanzas { get; } = new Stanzas();

    internal static Format Sudoers { get; } = new Sudoers();

    internal static Format Uname { get; } = new Uname();

    /// <summary>Each unit's state; what the vendor presets is the package's affair.</summary>
    internal static Format UnitFiles { get; } = new Rows(words => words is [var unit, var state, ..] ? new Setting(unit, state) : null);

    internal static Format Units { get; } = new Units();

    internal static Format UserCrontab { get; } = new Crontab(hasUser: false);

    internal static Format XmlText { get; } = new XmlText();

    internal static Format YumOrigins { get; } = new YumOrigins();

    internal static Format ZpoolStatus { get; } = new ZpoolStatus();

    /// <summary>What <paramref name="text"/> says, in its own order, its secrets marked. Never throws.</summary>
    public IEnumerable<Setting> Read(string text) => SettingsIn(text).Select(setting => SecretText.Marked(setting, IsSecret));

    /// <summary>Whether the value of something that is called so is a secret.</summary>
    internal virtual bool IsSecret(string name, string value) => SecretText.IsNamed(name, value);

    /// <summary>The same with those secrets marked that only this format can tell.</summary>
    protected abstract IEnumerable<Setting> SettingsIn(string text);
}
