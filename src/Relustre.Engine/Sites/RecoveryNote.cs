namespace Relustre.Sites;

/// <summary>The sheet of paper for the day when Relustre is gone too.</summary>
internal static class RecoveryNote
{
    public const string Name = "RECOVERY.txt";

    public static string Text(string vault, string password) => $"""
        HOW TO GET A SERVER'S CONFIGURATION BACK, WITHOUT RELUSTRE

        You need three things: this sheet, the folder of the backups, and their password.

            the backups         {vault}
            their password      {password}

        Without the password nobody can read the backups, you included. Keep a copy of it, of this sheet and of the folder where
        a fire does not reach both: a safe, another building, a password store.

        On any Linux machine that has the folder or a copy of it, as root, type:

        1.  apt install restic                     (or: dnf install restic; or one file from https://restic.net)

        2.  export RESTIC_REPOSITORY='{vault}'{Export(password)}
                                                   (if the folder now lies elsewhere: that path)

        3.  restic snapshots --latest 1            lists the servers, each with its newest backup
            restic snapshots --host NAME           all backups of one server; the first column is the backup's ID

        4.  restic restore latest --host NAME --target /root/NAME-restored
                                                   every file of that server, with owner, mode and time
            restic restore ID --target …           the same from an older backup
            restic dump latest --host NAME /etc/fstab
                                                   one file, on the screen

        Nothing on the server itself is changed by this: the files lie below /root/NAME-restored, each at its own path.
        /root/NAME-restored/.relustre/ holds what the server's own tools said: its packages, network, disks, and the cluster's
        configuration (tools/pacemaker/cib.xml). Start with facts/system.json and manifest.json there.
        The files hold passwords and keys: remove them when you are done.

        If restic says             then
            wrong password         compare the password with the copy that you kept; spaces at its ends do not count
            already locked         nobody else is at work? restic unlock
            pack does not exist    restic rebuild-index (newer: restic repair index), then again; restic check tells what is lost

        With Relustre at hand:  relustre --site DIR snapshots, show NAME, restore-files NAME --target DIR

        """;

    private static string Export(string password) =>
        password.StartsWith('/') ? $"\n    export RESTIC_PASSWORD_FILE='{password}'" : "\n    export RESTIC_PASSWORD='…'";
}
