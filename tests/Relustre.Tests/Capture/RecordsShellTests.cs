using Relustre.Audit;
using Relustre.Operations;

namespace Relustre.Tests.Capture;

/// <summary>The question after a server's own records.</summary>
public sealed class RecordsShellTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_script_is_clean_by_shellcheck_and_ends_in_every_shell()
    {
        folder.Write("question", ServerRecords.ScriptFor(Noon, Noon.AddHours(1)));

        Assert.Equal("", folder.Shell("shellcheck -s sh -S style question"));
        Assert.Equal("end\n", folder.Shell("for shell in dash 'busybox sh' bash 'bash --posix' ksh; do $shell ./question | tail -n 1; done | sort -u"));
    }

    [Fact]
    public void Of_a_sudo_command_nothing_but_paths_is_told_and_rubbish_says_nothing()
    {
        var records = ServerRecordReading.Of(
        [
            "package\t1780228800\tcorosync-3.1-1.x86_64 installed", "login\t2026-05-31 12:00:01\talice pts/0 10.0.0.5",
            "sudo\t2026-05-31 12:00:02\talice : TTY=pts/0 ; PWD=/root ; USER=root ; COMMAND=/usr/bin/mysql -pS3CRET --password=S3CRET /etc/fstab /x=S3CRET",
            "sudo\t2026-05-31 12:00:03\tS3CRET", "", "\t\t", "package", "package\tx\ty", "package\t99999999999999999\ty", "login\t2026-13-01 00:00:00\ty", "rubbish\t1\ty", "package\t-5\tx",
        ]);

        Assert.Equal(
        [
            new(Noon, "package", "corosync-3.1-1.x86_64 installed"),
            new(Noon.AddSeconds(1), "login", "alice pts/0 10.0.0.5"),
            new(Noon.AddSeconds(2), "sudo", "alice as root: /usr/bin/mysql … … /etc/fstab …"),
        ], records);
    }
}
