namespace Relustre.Audit;

/// <summary>What stands among configuration and is none: it is generated, a cache, or a leftover (docs/history.md lists it too).</summary>
internal static class CoverageNoise
{
    /// <summary>As <c>find -path</c> has them: <c>*</c> crosses slashes.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        // Made anew by the system.
        "/etc/mtab", "/etc/.pwd.lock", "/etc/.updated", "/etc/ld.so.cache", "/etc/prelink.cache", "/etc/adjtime", "/etc/udev/hwdb.bin",
        "/etc/alternatives/*", "/etc/ssl/certs/*", "/etc/pki/ca-trust/extracted/*", "/etc/pki/java/*", "/etc/selinux/*/active/*",
        "/etc/selinux/*/policy/*", "/etc/selinux/*/modules/*", "/etc/selinux/*/contexts/*", "/etc/rc?.d/*", "/etc/rc.d/rc?.d/*", "/etc/systemd/*.wants/*",
        "/etc/blkid/*", "/etc/lvm/cache/*", "/etc/lvm/archive/*", "/etc/apparmor.d/cache/*", "/etc/console-setup/cached*", "/etc/init.d/.depend*",
        "/etc/xml/*", "/etc/sgml/*", "/etc/gconf/*", "/etc/fonts/conf.d/*", "*/__pycache__/*", "*.pyc",
        // Copies that tools and people leave behind.
        "/etc/passwd-", "/etc/shadow-", "/etc/group-", "/etc/gshadow-", "/etc/subuid-", "/etc/subgid-",
        "*.rpmsave", "*.rpmorig", "*.rpmnew", "*.dpkg-old", "*.dpkg-new", "*.dpkg-dist", "*.dpkg-bak", "*.ucf-old", "*.ucf-dist", "*~", "*.swp",
        // What programs remember of root.
        "/root/.*history", "/root/.*_history", "/root/.cache/*", "/root/.viminfo", "/root/.lesshst", "/root/.local/share/*", "/root/.pki/*", "/root/.dbus/*",
        "/root/.wget-hsts", "/root/.rnd", "/root/.Xauthority", "/root/.ssh/known_hosts*",
    ];

    public static bool Has(string path) => Patterns.Any(pattern => PathPattern.MatchesAcross(pattern, path));
}
