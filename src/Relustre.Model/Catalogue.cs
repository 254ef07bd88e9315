using Relustre.Components;

namespace Relustre;

/// <summary>The table of contents: every component there is.</summary>
public sealed class Catalogue(IReadOnlyList<Component> components)
{
    /// <summary>All built-in components, without a site's own paths.</summary>
    public static Catalogue BuiltIn { get; } = new(
    [
        // The base system.
        new Ssh(),
        new SystemIdentity(),
        new NameResolution(),
        new Network(),
        new Firewall(),
        new SELinux(),
        new Pam(),
        new YumRepositories(),
        new Packages(),
        new BootLoader(),
        new Kickstart(),
        new Identity(),
        new TimeSync(),
        new Rsyslog(),
        new Cron(),
        new Logrotate(),
        new Tuning(),
        new FileSystemLayout(),
        new Services(),
        // Storage, LNet, the cluster and what it runs.
        new ChromaAgent(),
        new Corosync(),
        new Lnet(),
        new Lustre(),
        new MountPoints(),
        new Multipath(),
        new Pacemaker(),
        new Rdma(),
        new Zfs(),
    ]);

    public IReadOnlyList<Component> Components { get; } = components;

    public IEnumerable<Component> InRestoreOrder =>
        Components.OrderBy(component => component.Stage).ThenBy(component => component.Name, StringComparer.Ordinal);

    /// <summary>The same with one more: a site's own paths.</summary>
    public Catalogue With(Component component) => new([.. Components, component]);
}
