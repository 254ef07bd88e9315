namespace Relustre.Sites;

/// <summary>The site.yaml that a new site starts with: short, commented, and meant to be edited by hand.</summary>
internal static class SiteTemplate
{
    public static string Text(string? passwordFile, string? passwordCommand) => $"""
        # A Relustre site: the servers whose configuration is backed up, and where the backups rest.
        # Edit it by hand as you like; every command checks it first and names a typo's line and column.
        # 'relustre host add NAME' and 'host remove NAME' keep your comments. All keys: docs/site.md

        # The vault's folder; a relative path starts in this folder. It is a restic repository (see RECOVERY.txt).
        vault: vault

        # Where the vault's password comes from. Default: keys/vault.password.
        {Password("password-file", passwordFile, "/etc/relustre/vault.password")}
        {Password("password-command", passwordCommand, "pass show relustre/vault")}

        # How every server is reached, unless its own entry says otherwise.
        # defaults:
        #   user: root
        #   identity: /root/.ssh/relustre
        #   ssh-options: [ConnectTimeout=10]

        # The servers. A name is enough where DNS and ssh_config know the rest.
        #   - name: mds1            # what it is called here
        #     address: 10.10.0.11   # where ssh finds it
        #     user: backup          # with  sudo: true  if that is not root
        #     pair: mds             # the servers of one Pacemaker cluster have the same one
        #   - name: image1
        #     root: /srv/images/oss # a file tree on this machine instead of a running server
        hosts:

        # Your own paths, backed up on every server: absolute, with * and ? within a name, or FOLDER/** for all below.
        # paths:
        #   - /opt/site/etc/**

        # How many servers are read at once.
        # parallel: 16

        # What one server may send at most, and how long it may be silent (seconds).
        # limits:
        #   total-size: 1G
        #   minutes: 10
        #   silence: 120

        # A server met for the first time: accept-new remembers its host key, strict refuses it.
        # A changed key is always refused.
        # host-keys: accept-new

        """;

    private static string Password(string key, string? value, string example) =>
        value is null ? $"# {key}: {example}" : $"{key}: '{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
