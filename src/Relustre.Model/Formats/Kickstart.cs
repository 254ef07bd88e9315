namespace Relustre.Formats;

/// <summary>
/// A kickstart: commands by their names, packages one by one, and each script as a whole. What is no command may be anything, a
/// password that a script writes down too, so it is no key.
/// </summary>
internal sealed class Kickstart : Format
{
    private static readonly HashSet<string> commands =
    [
        "auth", "authconfig", "authselect", "autopart", "autostep", "bootloader", "btrfs", "cdrom", "clearpart", "cmdline", "device", "driverdisk", "eula", "fcoe",
        "firewall", "firstboot", "graphical", "group", "halt", "harddrive", "hmc", "ignoredisk", "install", "interactive", "iscsi", "iscsiname", "keyboard", "lang",
        "langsupport", "liveimg", "logging", "logvol", "mediacheck", "method", "module", "mount", "mouse", "multipath", "network", "nfs", "nvdimm", "ostreecontainer",
        "ostreesetup", "part", "partition", "poweroff", "raid", "realm", "reboot", "repo", "reqpart", "rescue", "rhsm", "rootpw", "selinux", "services", "shutdown",
        "skipx", "snapshot", "sshkey", "sshpw", "syspurpose", "text", "timesource", "timezone", "unsupported_hardware", "updates", "upgrade", "url", "user", "vnc", "volgroup",
        "xconfig", "zerombr", "zfcp", "zipl", "%include", "%ksappend",
    ];

    private static readonly HashSet<string> scripts = ["%pre", "%pre-install", "%post", "%onerror", "%traceback", "%addon", "%anaconda"];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var (section, body) = ("", new List<string>());
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).Where(line => line.TrimStart() is not ([] or ['#', ..])))
        {
            var words = line.Words;
            if (words[0] == "%end" || words[0] == "%packages" || scripts.Contains(words[0]))
            {
                if (section is not ("" or "%packages"))
                    yield return new Setting(section, string.Join('\n', body)) { IsSecret = true };
                (section, body) = (words[0] == "%end" ? "" : words[0], [string.Join(' ', words.Skip(1))]);
                if (section == "%packages")
                    yield return new Setting(section, body[0]);
            }
            else if (section == "%packages" && words[0] != "%include")
                yield return words.Length == 1 ? new Setting($"package {words[0]}", "there") : new Setting("(other package)", string.Join(' ', words));
            else if (section.Length > 0 && section != "%packages")
                body.Add(line);
            else
                yield return commands.Contains(words[0]) ? new Setting(words[0], string.Join(' ', words.Skip(1))) : new Setting("(other)", string.Join(' ', words)) { IsSecret = true };
        }
        if (section is not ("" or "%packages"))
            yield return new Setting(section, string.Join('\n', body)) { IsSecret = true };
    }
}
