using Relustre.Facts;
using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>What a cluster was told last is never written over by an older backup.</summary>
public sealed class NoNewerCibTests : IDisposable
{
    private const string OnDisk = "/var/lib/pacemaker/cib/cib.xml";

    private readonly GatePair pair = new();
    private readonly NoNewerCib gate = new();

    private GateView View => pair.View with { Plan = pair.View.Plan with { Cib = new CibAge(0, 42, 7), Snapshot = "0123456789abcdef0123" } };

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task Servers_without_any_CIB_open_it() => await OpensAsync();

    [Theory]
    [InlineData("0", "42", "8")]
    [InlineData("0", "43", "0")]
    [InlineData("1", "1", "0")]
    [InlineData("0", "99999999999999999999999", "0")]
    public async Task A_newer_one_on_the_disk_of_either_closes_it(string admin, string epoch, string updates)
    {
        pair.Partner.File(OnDisk, Full(admin, epoch, updates));
        await GatePair.RefusesAsync(gate, View, "mds2 has the CIB");

        pair.Partner.Remove(OnDisk);
        pair.Host.File("/var/lib/heartbeat/crm/cib.xml", Full(admin, epoch, updates));
        await GatePair.RefusesAsync(gate, View, "mds1 has the CIB");
    }

    [Fact]
    public async Task A_newer_one_that_a_cluster_runs_with_closes_it()
    {
        pair.Partner.Says("cibadmin", Full("0", "50", "1"));

        await GatePair.RefusesAsync(gate, View, "mds2 has the CIB 0.50.1 (its cluster runs with it), and 0.42.7 would be brought back");
    }

    [Theory]
    [InlineData("0", "42", "7")]
    [InlineData("0", "41", "99")]
    public async Task As_new_or_older_ones_open_it(string admin, string epoch, string updates)
    {
        pair.Host.File(OnDisk, Full(admin, epoch, updates));
        pair.Partner.File(OnDisk, Full(admin, epoch, updates));

        await OpensAsync();
    }

    [Fact]
    public async Task One_without_resources_opens_it_however_often_it_was_written()
    {
        pair.Host.Says("cibadmin", Full("0", "900", "1").Replace("<primitive", "<noise", StringComparison.Ordinal));

        await OpensAsync();
    }

    [Fact]
    public async Task The_one_that_this_recovery_brought_in_opens_it_and_that_of_another_one_closes_it()
    {
        pair.Host.Says("cibadmin", Marked("0123456789abcdef"));
        await OpensAsync();

        pair.Host.Says("cibadmin", Marked("fedcba9876543210"));
        await GatePair.RefusesAsync(gate, View, "mds1 has the CIB 0.60.0");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html/>")]
    [InlineData("\u001b[2J")]
    public async Task One_that_cannot_be_read_closes_it(string text)
    {
        pair.Host.File(OnDisk, text);

        await GatePair.RefusesAsync(gate, View, "cannot be read");
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_closes_it() =>
        await GatePair.RefusesAsync(gate, View with { Partners = pair.Unreachable.Partners }, "mds2");

    private async Task OpensAsync()
    {
        var answer = await GatePair.AskAsync(gate, View);
        Assert.True(answer.IsOpen, answer.Reason);
    }

    private static string Full(string admin, string epoch, string updates) => $"""
        <cib crm_feature_set="3.16.1" validate-with="pacemaker-2.3" epoch="{epoch}" num_updates="{updates}" admin_epoch="{admin}" cib-last-written="x">
          <configuration><nodes><nvpair name="0_fence_password" value="S3CRET"/></nodes>
            <resources>
              <primitive id="MGS" class="ocf"/>
            </resources>
          </configuration>
        </cib>
        """;

    private static string Marked(string mark) =>
        Full("0", "60", "0").Replace("<resources>", $"<nvpair id=\"m\" name=\"relustre-recovery\" value=\"{mark}\"/>\n<resources>", StringComparison.Ordinal);
}
