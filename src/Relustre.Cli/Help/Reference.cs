namespace Relustre.Cli.Help;

/// <summary>What the manual tells about the world around the program.</summary>
internal static class Reference
{
    public static IReadOnlyList<(string Name, string Meaning)> Variables { get; } =
    [
        ("RELUSTRE_SITE", "The site's folder, where --site does not name one."),
        ("RELUSTRE_PASSWORD", "The vault's password itself. Other processes of the same user can see it; prefer a file."),
        ("RELUSTRE_PASSWORD_FILE", "A file that holds the password."),
        ("RELUSTRE_PASSWORD_COMMAND", "A shell command that prints the password."),
        ("CREDENTIALS_DIRECTORY", "Set by systemd; a credential called relustre.password in it is the password."),
        ("NO_COLOR", "Anything but empty: no colours."),
    ];

    public static IReadOnlyList<(string Name, string Meaning)> Files { get; } =
    [
        ("site.yaml", "The servers and how to reach them; edit it by hand."),
        ("vault/", "The vault: a restic repository, format 2."),
        ("keys/vault.password", "The vault's password. Keep a copy elsewhere: without it nothing can be read."),
        ("RECOVERY.txt", "How to get everything back with restic alone."),
        ("/etc/relustre", "The machine's own site, used where no other is named."),
    ];
}
