using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A cluster that cannot fence a server must not get it back half made.</summary>
public sealed class FencingWorksTests : IDisposable
{
    // What IML writes, with a password that only XML can write like this.
    private const string Cib = """
        <cib epoch="42" num_updates="7" admin_epoch="0">
          <configuration>
            <nodes>
              <node id="1" uname="mds1.lab.test">
                <instance_attributes id="nodes-1">
                  <nvpair id="nodes-1-0_fence_ipaddr" name="0_fence_ipaddr" value="10.0.9.11"/>
                  <nvpair id="nodes-1-0_fence_password" name="0_fence_password" value="S3CRET&amp;&quot;x"/>
                  <nvpair id="nodes-1-0_fence_plug" name="0_fence_plug" value="7"/>
                  <nvpair id="nodes-1-0_fence_agent" name="0_fence_agent" value="fence_test"/>
                  <nvpair id="nodes-1-standby" name="standby" value="off"/>
                </instance_attributes>
              </node>
              <node id="2" uname="mds2.lab.test"><instance_attributes id="nodes-2">
                  <nvpair id="nodes-2-0_fence_ipaddr" name="0_fence_ipaddr" value="10.0.9.99"/>
              </instance_attributes></node>
            </nodes>
            <resources>
              <primitive class="stonith" id="st-fencing" type="fence_chroma"/>
              <primitive class="stonith" id="ipmi-mds1" type="fence_other">
                <meta_attributes id="m"><nvpair id="m-1" name="target-role" value="Started"/></meta_attributes>
                <operations><op id="o" name="monitor"><instance_attributes id="x"><nvpair id="x-1" name="wrong" value="1"/></instance_attributes></op></operations>
                <instance_attributes id="ipmi-mds1-i">
                  <nvpair id="i-1" name="ipaddr" value="10.0.9.12"/>
                  <nvpair id="i-2" name="pcmk_host_list" value="mds1.lab.test"/>
                  <nvpair id="i-3" name="passwd" value="S3CRET"/>
                </instance_attributes>
              </primitive>
            </resources>
          </configuration>
          <status><node_state uname="mds1.lab.test"/></status>
        </cib>
        """;

    private readonly GatePair pair = new();
    private readonly FencingWorks gate = new();

    public FencingWorksTests()
    {
        pair.Cluster().Partner.Says("cibadmin", Cib).Says("stonith_admin", "st-fencing\n1 fence device found\n");
        Agent("fence_test", 0);
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task A_device_that_answers_opens_it_and_was_told_what_the_cib_says()
    {
        await pair.OpensAsync(gate, "fence_test can fence mds1.lab.test");

        Assert.Equal("ipaddr=10.0.9.11\npasswd=S3CRET&\"x\nport=7\naction=status\n", File.ReadAllText(pair.Partner.Path("/tmp/told")));
        Assert.Equal("", File.ReadAllText(pair.Partner.Path("/tmp/arguments")).Trim());
    }

    [Fact]
    public async Task So_does_one_that_says_that_the_server_is_off()
    {
        Agent("fence_test", 2);

        await pair.OpensAsync(gate);
    }

    [Theory]
    [InlineData(1, "fence_test (0_fence) failed with exit code 1")]
    [InlineData(124, "did not answer within 20 s")]
    public async Task A_device_that_does_not_answer_closes_it(int code, string because)
    {
        Agent("fence_test", code);

        await pair.RefusesAsync(gate, because);
    }

    [Fact]
    public async Task An_agent_that_is_not_installed_closes_it()
    {
        pair.Partner.Remove("bin/fence_test");

        await pair.RefusesAsync(gate, "fence_test (0_fence) is not installed");
    }

    [Fact]
    public async Task A_pair_without_IML_is_asked_by_the_devices_parameters()
    {
        pair.Partner.Says("stonith_admin", "ipmi-mds1\n1 devices found\n");
        pair.Partner.Says("cibadmin", Cib.Replace("0_fence_agent", "0_fence_gone", StringComparison.Ordinal));
        Agent("fence_other", 0);

        await pair.OpensAsync(gate, "fence_other can fence mds1.lab.test");

        Assert.Equal("ipaddr=10.0.9.12\npasswd=S3CRET\naction=monitor\n", File.ReadAllText(pair.Partner.Path("/tmp/told")));
    }

    [Fact]
    public async Task Fencing_that_is_switched_off_closes_it()
    {
        await pair.Cluster(change: text => text.Replace("stonith-enabled=\"true\"", "stonith-enabled=\"false\"", StringComparison.Ordinal)).RefusesAsync(gate, "switched off");
        pair.Partner.Says("crm_attribute", "false\n");
        await pair.Cluster(change: text => text.Replace("stonith-enabled=\"true\"", "", StringComparison.Ordinal)).RefusesAsync(gate, "switched off");
        pair.Partner.Says("crm_attribute", "", exitCode: 6);
        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task Without_a_started_device_or_one_for_this_server_or_its_attributes_it_is_closed()
    {
        await pair.Cluster(change: text => text.Replace("stonith:fence_chroma\" role=\"Started\"", "stonith:fence_chroma\" role=\"Stopped\"", StringComparison.Ordinal)).RefusesAsync(gate, "no fence device is started");
        pair.Cluster().Partner.Says("stonith_admin", "No devices found\n", exitCode: 1);
        await pair.RefusesAsync(gate, "no fence device of the cluster can fence mds1.lab.test");
        pair.Partner.Says("stonith_admin", "st-fencing\n1 fence device found\n").Says("cibadmin", Cib.Replace("0_fence_agent", "fence_agent", StringComparison.Ordinal));
        await pair.RefusesAsync(gate, "has no fence attributes");
    }

    [Fact]
    public async Task A_cluster_that_does_not_know_the_server_or_does_not_answer_closes_it()
    {
        pair.Wanted.Clear();
        await pair.Cluster(change: text => text.Replace("mds1.lab.test", "meta-one", StringComparison.Ordinal)).RefusesAsync(gate, "knows no node that is mds1");
        await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
        pair.Cluster().Partner.Says("cibadmin", "", exitCode: 102);
        await pair.RefusesAsync(gate, "does not tell how mds1.lab.test is fenced");
    }

    private void Agent(string name, int code) =>
        pair.Partner.Program(name, $"cat >/tmp/told; echo \"$@\" >/tmp/arguments; echo {RecordedHost.SecretMark}; echo {RecordedHost.SecretMark} >&2; exit {code}");
}
