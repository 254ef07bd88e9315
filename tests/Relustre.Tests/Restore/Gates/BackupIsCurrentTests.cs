using System.Text;
using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Nothing of an older backup is written over what the living cluster has.</summary>
public sealed class BackupIsCurrentTests : IDisposable
{
    private const string Conf = "totem {\n  cluster_name: c\n  config_version: 7\n}\nnodelist {\n  node {\n    ring0_addr: mds1\n  }\n  node {\n    ring0_addr: mds2\n  }\n}\n";

    private readonly GatePair pair = new();
    private readonly BackupIsCurrent gate = new();

    public BackupIsCurrentTests()
    {
        pair.Cluster().Partner.File("/etc/corosync/corosync.conf", Conf).File("/etc/corosync/authkey", "live key")
            .Says("cibadmin", "<cib crm_feature_set=\"3.16.1\" epoch=\"46\" num_updates=\"28\" admin_epoch=\"0\" dc-uuid=\"2\">\n <configuration/>\n</cib>\n");
        pair.Wanted.Add(new PacemakerFacts { IsLive = true, IsWhole = true, AdminEpoch = 0, Epoch = 46, Updates = 3 });
        pair.Wanted.Add(new CorosyncFacts { ConfigVersion = "7", HasAuthKey = true, NeedsAuthKey = true });
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task A_backup_as_new_as_the_cluster_opens_it() => await pair.OpensAsync(gate, "as new as the cluster of mds2");

    [Theory]
    [InlineData(0, 45, "7", "the CIB (0.46.28, in the backup 0.45.3)")]
    [InlineData(0, 46, "6", "corosync.conf (version 7, in the backup 6)")]
    public async Task An_older_one_opens_it_too_and_says_so(long admin, long epoch, string version, string note)
    {
        pair.Wanted.RemoveAll(facts => facts is PacemakerFacts or CorosyncFacts);
        pair.Wanted.Add(new PacemakerFacts { IsLive = true, IsWhole = true, AdminEpoch = admin, Epoch = epoch, Updates = 3 });
        pair.Wanted.Add(new CorosyncFacts { ConfigVersion = version, HasAuthKey = true, NeedsAuthKey = true });

        await pair.OpensAsync(gate, note);
    }

    [Fact]
    public async Task A_plan_that_writes_what_the_partner_has_opens_it()
    {
        Write("/etc/corosync/corosync.conf", "# the same\n" + Conf);
        Write("/etc/corosync/authkey", "live key");

        await pair.OpensAsync(gate);
    }

    [Theory]
    [InlineData("/etc/corosync/corosync.conf", "totem {\n  cluster_name: old\n}\n")]
    [InlineData("/etc/corosync/authkey", "old key")]
    [InlineData("/etc/pacemaker/authkey", "old key")]
    [InlineData("/var/lib/pacemaker/cib/cib.xml", "<cib/>")]
    [InlineData("/var/lib/heartbeat/crm/cib.xml", "<cib/>")]
    public async Task A_plan_that_writes_the_older_one_closes_it(string path, string content)
    {
        Write(path, content);

        await pair.RefusesAsync(gate, $"the plan would write {path}");
    }

    [Fact]
    public async Task A_partner_that_does_not_tell_closes_it()
    {
        await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
        pair.Partner.Says("cibadmin", "<cib epoch=\"\" num_updates=\"x\">\n");
        await pair.RefusesAsync(gate, "does not tell how old");
    }

    private void Write(string path, string content) =>
        pair.Steps.Add(new WriteFile(new CapturedFile { Path = path, Kind = FileKind.File, Mode = 0x180, Content = Encoding.UTF8.GetBytes(content) }));
}
