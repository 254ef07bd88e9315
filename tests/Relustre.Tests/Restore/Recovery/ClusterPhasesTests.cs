using System.Text;
using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Restore.Phases;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Recovery;

/// <summary>In which order a lost cluster comes back, what stands before each step, and what its commands do.</summary>
public sealed class ClusterPhasesTests : IDisposable
{
    private const string Password = "hunter2";

    private static readonly LoadableCib cib = LoadableCib.Of(new SavedCib("mds1", new(0, 42, 7), $"""
        <cib epoch="42" num_updates="7" admin_epoch="0" validate-with="pacemaker-2.3"><configuration><crm_config/>
        <nodes><node id="1" uname="mds1.lab.test"><instance_attributes id="n"><nvpair id="p" name="0_fence_password" value="{Password}"/></instance_attributes></node><node id="2" uname="mds2.lab.test"/></nodes>
        <resources><primitive id="OST0" class="ocf"/><primitive id="MDT0" class="ocf"/><primitive id="MGS" class="ocf"/><primitive id="fencing" class="stonith"/></resources>
        </configuration><status><node_state id="2"/></status></cib>
        """), "0123456789abcdef");

    private readonly TestServer server = new("mds1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IReadOnlyList<PairMember> Members { get; } = [Member("mds1"), Member("mds2")];

    private static IReadOnlyList<PlannedStep> Steps { get; } =
        [.. FormPhase.Steps(Members, cib.Nodes), .. ConfigurationPhase.Steps(Members, cib, new(0, 42, 7)), .. ServingPhase.Steps(Members, cib)];

    // Its files lie on a disk, so it has a folder that says that it does not.
    public ClusterPhasesTests()
    {
        server.Program("stat", "[ \"$4\" = /dev/shm ] && echo tmpfs || echo ext4");
        Directory.CreateDirectory(server.Path("/dev/shm"));
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public void Both_servers_are_online_before_the_configuration_comes_and_targets_start_after_it_in_Lustres_order() => Assert.Equal(
        [
            "mds1: set aside the CIB that lies here", "mds2: set aside the CIB that lies here", "mds1: start corosync", "mds2: start corosync",
            "mds1: see that corosync sees 2 members", "mds2: see that corosync sees 2 members", "mds1: start pacemaker", "mds2: start pacemaker",
            "mds1: see that the cluster has mds1.lab.test and mds2.lab.test online", "mds2: see that the cluster has mds1.lab.test and mds2.lab.test online",
            "mds1: see that nodes have the ids that the configuration knows them by", "mds1: let corosync and pacemaker start at boot", "mds2: let corosync and pacemaker start at boot",
            "mds1: look the configuration over with this Pacemaker's schema", "mds1: simulate it: nobody is fenced, and nothing starts at once",
            "mds1: simulate what it does in the end: nobody is fenced, and what served starts", "mds1: bring in the configuration, with everything held back",
            "mds1: raise its age over that of every copy", "mds1: see that a fence device runs", "mds2: forget what failed before", "mds1: start MGS", "mds1: start MDT0", "mds1: start OST0",
            "mds1: take the recovery's marks out of the configuration",
        ],
        Steps.Select(step => $"{step.On}: {step.Step.Summary}"));

    [Theory]
    [InlineData("set aside", NodeIsIdle.GateName, NoNewerCib.GateName)]
    [InlineData("start corosync", KeysAgree.GateName)]
    [InlineData("start pacemaker", TargetsVisible.GateName, NothingMounted.GateName)]
    [InlineData("bring in", NoNewerCib.GateName, NothingMounted.GateName)]
    [InlineData("forget", FencingWorks.GateName)]
    [InlineData("start MGS", FencingWorks.GateName, NothingMounted.GateName)]
    public void What_could_hurt_has_its_gates(string step, params string[] gates) =>
        Assert.All(Steps.Where(one => one.Step.Summary.StartsWith(step, StringComparison.Ordinal)), one => Assert.Equal(gates, one.Gates));

    [Fact]
    public void Passwords_travel_on_standard_input()
    {
        var commands = Steps.Select(step => step.Step.On(new Platform())).ToList();

        Assert.All(commands, command => Assert.DoesNotContain(command.Arguments, argument => argument.Contains(Password, StringComparison.Ordinal)));
        Assert.Equal(4, commands.Count(command => Encoding.UTF8.GetString(command.Input.Span).Contains(Password, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_that_was_not_installed_anew_does_not_start_its_cluster_with_the_next_boot()
    {
        var alive = Members[1] with { Context = Members[1].Context with { Found = Members[1].Context.Wanted } };

        Assert.Empty(QuietPhase.Steps([Members[0], alive]));
        Assert.Equal(["mds2"], QuietPhase.Steps([Members[0], alive with { Reboots = true }]).Select(step => step.On));
        Assert.Equal((1, 2), (Autostarts(alive), Autostarts(alive with { Reboots = true })));
    }

    [Fact]
    public async Task A_CIB_that_lies_there_is_kept_beside_its_place_each_time()
    {
        server.Program("mv", "eval last=\\${$#}; for one; do [ \"$one\" = \"$last\" ] || { cp \"$one\" \"$last/\" && rm \"$one\"; }; done");
        foreach (var (content, folder) in new[] { ("one", "cib.before-recovery"), ("two", "cib.before-recovery-2") })
        {
            server.File("/var/lib/pacemaker/cib/cib.xml", content);
            Assert.Equal(0, (await DoAsync("set aside")).ExitCode);
            Assert.False(File.Exists(server.Path("/var/lib/pacemaker/cib/cib.xml")));
            Assert.Equal(content, File.ReadAllText(server.Path($"/var/lib/pacemaker/{folder}/cib.xml")));
        }
        Assert.Equal(0, (await DoAsync("set aside")).ExitCode);
    }

    [Theory]
    [InlineData("Transition Summary:\n  * Start      fencing  ( mds1 )\n", 0, "")]
    [InlineData("Transition Summary:\n  * Fence (reboot) mds2 'peer is no longer part of the cluster'\n", 1, "it would fence a server")]
    [InlineData("Transition Summary:\n  * Start      MGS  ( mds1 )\n\nExecuting\n", 1, "it would start MGS at once")]
    [InlineData("Transition Summary:\n Start   MDT0\t(mds2)\n", 1, "it would start MDT0 at once")]
    [InlineData("Transition Summary:\n\n * Start MGS\n", 0, "")]
    public async Task A_configuration_that_would_fence_or_start_at_once_is_refused(string told, int exitCode, string reason)
    {
        server.Says("crm_simulate", told);

        var answer = await DoAsync("simulate it");

        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Contains(reason, answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_would_not_start_its_targets_is_refused()
    {
        server.Says("crm_simulate", "Transition Summary:\n  * Start MGS ( mds1 )\n  * Start OST0 ( mds1 )\n\n");
        Assert.Contains("it would not start MDT0", (await DoAsync("simulate what")).Output, StringComparison.Ordinal);

        server.Says("crm_simulate", "Transition Summary:\n  * Start MGS ( mds1 )\n  * Start MDT0 ( mds1 )\n  * Start OST0 ( mds1 )\n\n");
        Assert.Equal(0, (await DoAsync("simulate what")).ExitCode);

        server.Program("crm_simulate", "exit 9");
        Assert.NotEqual(0, (await DoAsync("simulate what")).ExitCode);
    }

    [Fact]
    public async Task A_simulation_keeps_what_it_is_given_in_memory_for_its_own_user_and_leaves_nothing()
    {
        server.Program("crm_simulate", """
            folder=$(stat -f -c %T "${CIB_shadow_dir%/*}") && ls -ld "$CIB_shadow_dir" | cut -c 1-10 >/told && echo "$folder" >>/told
            (umask 0; cat >"$CIB_shadow_dir/shadow.1"); echo "$CIB_shadow_dir $TMPDIR" >>/told; kill -9 $$
            """);

        Assert.NotEqual(0, (await DoAsync("simulate it")).ExitCode);

        Assert.Matches(@"\Adrwx------\ntmpfs\n(?<folder>/dev/shm/relustre\.\w+) \k<folder>\n\z", await File.ReadAllTextAsync(server.Path("/told"), Cancel));
        Assert.Empty(Directory.GetFileSystemEntries(server.Path("/dev/shm")));
    }

    [Fact]
    public async Task Without_a_folder_in_memory_nothing_is_simulated()
    {
        server.Program("stat", "echo ext4").Program("crm_simulate", ": >/ran");

        Assert.Contains("mount -t tmpfs", (await DoAsync("simulate it")).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(server.Path("/ran")));
    }

    [Fact]
    public async Task Pacemakers_own_simulator_writes_nothing_beside_the_clusters_files()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/crm_simulate") && Directory.Exists("/var/lib/pacemaker"), "no Pacemaker on this machine");
        var real = LoadableCib.Of(new SavedCib("mds1", new(0, 42, 7), """
            <cib epoch="42" num_updates="7" admin_epoch="0" validate-with="pacemaker-2.3"><configuration>
            <crm_config><cluster_property_set id="p"><nvpair id="q" name="stonith-enabled" value="false"/></cluster_property_set></crm_config>
            <nodes><node id="1" uname="mds1.lab.test"/><node id="2" uname="mds2.lab.test"/></nodes>
            <resources><primitive id="MGS" class="ocf" provider="heartbeat" type="Dummy"/></resources><constraints/></configuration><status/></cib>
            """), "0123456789abcdef");
        // Where Pacemaker keeps its files nobody can write as long as this lasts, and in here alone.
        const string ReadOnly = """mount --make-rprivate / && mount -t tmpfs -o ro none /var/lib/pacemaker && exec "$@" """;
        await using var shell = new HostShell(new Host(Host.Localhost), TimeProvider.System);

        foreach (var step in ConfigurationPhase.Steps(Members, real, new(0, 42, 7)).Where(step => step.Step.Summary.StartsWith("simulate", StringComparison.Ordinal)))
        {
            var command = step.Step.On(new Platform());
            var answer = await shell.RunAsync(command with { Arguments = ["unshare", "-m", "sh", "-c", ReadOnly, "alone", .. command.Arguments] }, Cancel);
            Assert.True(answer.IsDone, answer.Output);
        }
    }

    [Theory]
    [InlineData("0", "5", "<cib admin_epoch=\"0\" epoch=\"43\"/>")]
    [InlineData("0", "42", "<cib admin_epoch=\"0\" epoch=\"43\"/>")]
    [InlineData("0", "43", "")]
    [InlineData("1", "1", "")]
    public async Task Its_age_is_raised_past_every_copy_and_never_lowered(string admin, string epoch, string written)
    {
        server.File("/said", "").Program("cibadmin", $"[ \"$1\" = --query ] && {{ echo '<cib epoch=\"{epoch}\" num_updates=\"3\" admin_epoch=\"{admin}\">'; exit; }}; printf %s \"$3\" >/said");

        Assert.Equal(0, (await DoAsync("raise")).ExitCode);
        Assert.Equal(written, File.ReadAllText(server.Path("/said")));
    }

    [Fact]
    public async Task A_target_is_waited_for_and_releasing_it_twice_does_no_harm()
    {
        // What is gone already some releases call a failure.
        server.Program("cibadmin", "case $1 in --query) [ ! -e /gone ] || exit 105 ;; --delete) [ ! -e /gone ] || exit 6; : >/gone ;; esac")
            .Program("crm_resource", "[ -e /gone ] && echo \"resource $2 is running on: mds1\"");

        Assert.Equal(0, (await DoAsync("start MGS")).ExitCode);
        Assert.Equal(0, (await DoAsync("start MGS")).ExitCode);
    }

    [Fact]
    public async Task A_cluster_without_one_of_its_nodes_is_not_yet_one()
    {
        var online = Assert.IsType<Verify>(Steps.First(step => step.Step.Summary.Contains("online", StringComparison.Ordinal)).Step).Check.Command;

        server.Says("crm_mon", "Node List:\n  * Online: [ mds1.lab.test ]\n  * OFFLINE: [ mds2.lab.test ]\n");
        Assert.NotEqual(0, (await server.Shell.RunAsync(online, Cancel)).ExitCode);
        server.Says("crm_mon", "Online: [ mds1.lab.test mds2.lab.test ]\n");
        Assert.Equal(0, (await server.Shell.RunAsync(online, Cancel)).ExitCode);
    }

    [Theory]
    [InlineData("1 mds1.lab.test member\n2 mds2.lab.test member\n", 0)]
    [InlineData("1 mds1.lab.test\n2 mds2.lab.test\n", 0)]
    [InlineData("2 mds1.lab.test member\n1 mds2.lab.test member\n", 1)]
    [InlineData("1 mds1.lab.test member\n", 1)]
    public async Task Nodes_with_other_ids_are_noticed(string said, int exitCode)
    {
        var ids = Assert.IsType<Verify>(Steps.First(step => step.Step.Summary.Contains("ids", StringComparison.Ordinal)).Step).Check.Command;
        server.Says("crm_node", said);

        Assert.Equal(exitCode, (await server.Shell.RunAsync(ids, Cancel)).ExitCode);
    }

    private static int Autostarts(PairMember second) =>
        FormPhase.Steps([Members[0], second], cib.Nodes).Count(step => step.Step.Summary.EndsWith("start at boot", StringComparison.Ordinal));

    private Task<CommandResult> DoAsync(string summary) => server.Shell.RunAsync(
        Steps.First(step => step.Step.Summary.StartsWith(summary, StringComparison.Ordinal)).Step.On(new Platform()), Cancel);

    private static PairMember Member(string host) => new(host, $"{host}.lab.test", new RestoreContext
    {
        Platform = new Platform { EnterpriseLinux = 7 },
        Wanted = new Dictionary<string, ComponentFacts>
        {
            ["services"] = new ServicesFacts
            {
                Units = [new("corosync.service", "enabled", Preset: null), new("pacemaker.service", "enabled", Preset: null)],
                SysV = [],
                Xinetd = [],
                Masked = [],
                DropIns = [],
                LocalUnits = [],
            },
        },
        Found = new Dictionary<string, ComponentFacts>(),
    });
}
