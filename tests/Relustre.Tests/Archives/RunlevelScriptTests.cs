using Relustre.Archives;

namespace Relustre.Tests.Archives;

public class RunlevelScriptTests
{
    private const string El6 = """
        acpid          	0:off	1:off	2:on	3:on	4:on	5:on	6:off
        corosync       	0:off	1:off	2:off	3:off	4:off	5:off	6:off
        everywhere     	0:on	1:on	2:on	3:on	4:on	5:on	6:on
        network        	0:off	1:off	2:on	3:on	4:on	5:on	6:off

        xinetd based services:
        	chargen-dgram: 	off
        	rsync:         	on

        """;

    // It keeps runlevels in files as chkconfig does in links, and knows xinetd's services.
    private const string Chkconfig = """
        if [ "$1" = --level ]; then
            [ -e "$HOME/levels/$3" ] || { echo "error reading information on service $3" >&2; exit 1; }
            for l in $(echo "$2" | sed 's/./& /g'); do sed -i "s/$l:[a-z]*/$l:$4/" "$HOME/levels/$3"; done
        else
            echo "$2" >"$HOME/xinetd/$1"
        fi
        """;

    [Fact]
    public void Run_on_a_fresh_server_it_restores_exactly_the_recorded_runlevels()
    {
        using var shell = new Shell();
        shell.Program("chkconfig", Chkconfig);
        shell.Run("mkdir levels xinetd; for s in acpid corosync everywhere network; do echo 0:off 1:off 2:off 3:on 4:off 5:off 6:on >levels/$s; done");
        shell.Write("script", Script(AppendixArchiveTests.Said("chkconfig", El6)));

        shell.Run("sh -n script && sh script");

        var restored = shell.Run("for s in acpid corosync everywhere network; do echo $s $(cat levels/$s); done; grep . xinetd/*");
        Assert.Equal(
            """
            acpid 0:off 1:off 2:on 3:on 4:on 5:on 6:off
            corosync 0:off 1:off 2:off 3:off 4:off 5:off 6:off
            everywhere 0:on 1:on 2:on 3:on 4:on 5:on 6:on
            network 0:off 1:off 2:on 3:on 4:on 5:on 6:off
            xinetd/chargen-dgram:off
            xinetd/rsync:on

            """, restored);
    }

    [Fact]
    public void A_service_that_is_not_installed_is_told_and_passed_over()
    {
        using var shell = new Shell();
        shell.Program("chkconfig", Chkconfig);
        shell.Run("mkdir levels xinetd; echo 0:off 1:off 2:off 3:off 4:off 5:off 6:off >levels/network");
        shell.Write("script", Script(AppendixArchiveTests.Said("chkconfig", El6)));

        var (exit, _, complaint) = shell.TryRun("sh script");

        Assert.Equal(1, exit);
        Assert.Contains("failed: chkconfig --level 2345 acpid on", complaint, StringComparison.Ordinal);
        Assert.Equal("0:off 1:off 2:on 3:on 4:on 5:on 6:off\n", shell.Run("cat levels/network"));
    }

    [Fact]
    public void Units_are_enabled_disabled_and_masked_and_those_without_a_state_left_alone()
    {
        using var shell = new Shell();
        shell.Program("systemctl", "echo \"$*\" >>\"$HOME/log\"\n");
        shell.Write("script", Script(
            AppendixArchiveTests.Said("unit-files", "chronyd.service disabled enabled\ndbus.service static -\ngetty@.service enabled enabled\nzfs-mount.service masked disabled\n"),
            AppendixArchiveTests.Said("default-target", "multi-user.target\n")));

        shell.Run("sh -n script && sh script");

        Assert.Equal("disable chronyd.service\nenable getty@.service\nmask zfs-mount.service\nset-default multi-user.target\n", shell.Run("cat log"));
    }

    [Theory]
    [InlineData("x';touch${IFS}hacked;'")]
    [InlineData("$(touch hacked)")]
    [InlineData("--root=/")]
    [InlineData("`id`")]
    public void A_name_that_is_no_service_s_stays_out(string name)
    {
        var script = Script(AppendixArchiveTests.Said("unit-files", $"{name} enabled -\nsshd.service enabled -\n"));

        Assert.DoesNotContain(name, script, StringComparison.Ordinal);
        Assert.Contains("systemctl enable 'sshd.service'", script, StringComparison.Ordinal);
    }

    private static string Script(params Relustre.Capture.ComponentOutput[] said) =>
        AppendixArchive.Of("mds1", DateTimeOffset.UnixEpoch, [], said).RunlevelScript!;
}
