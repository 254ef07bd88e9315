namespace Relustre.Sites;

/// <summary>The sheet of paper for the day when Relustre is gone too.</summary>
internal static class RecoveryNote
{
    public const string Name = "RECOVERY.txt";

    public static string Text(string vault, string password) => $"""
        HOW TO GET EVERYTHING BACK, WITHOUT RELUSTRE

        The backups of this site are an ordinary restic repository (format 2). restic is in every distribution
        (apt install restic, dnf install restic) and at https://restic.net.

            the repository      {vault}
            its password        {password}

        Without the password nobody can read the backups, you included. Keep a copy of it, and of this sheet, in a place that
        does not burn with the first: on paper, in a safe, in another building's password store.

        Three commands:

            export RESTIC_REPOSITORY='{vault}'{Export(password)}

            restic snapshots                                    which servers, and when
            restic restore SNAPSHOT --target /some/empty/folder every file of one server, with owners, modes and times
            restic check --read-data                            proves that every byte is intact

        In a restored folder every file lies at its own path. /.relustre/ beside them holds what the server's tools said
        (packages, the cluster's CIB, network, disks) and manifest.json, which tells what the server was.
        To look at one file without restoring:  restic dump SNAPSHOT /etc/fstab

        With Relustre at hand:  relustre --site SITE snapshots | show HOST | restore-files HOST --target DIR

        """;

    private static string Export(string password) =>
        password.StartsWith('/') ? $"\n    export RESTIC_PASSWORD_FILE='{password}'" : "";
}
