using System.Text;
using Relustre.Steps;

namespace Relustre.Tests.Restore;

/// <summary>What a restore takes from elsewhere than the backup: from the living partner, from this disk, or from nobody.</summary>
public class ThisServersOwnTests
{
    private const string Conf = "totem {\n  version: 2\n  nodeid: 1\n  token: 17000\n  interface {\n    ringnumber: 0\n    bindnetaddr: 10.0.0.1\n    mcastport: 5405\n  }\n}\nnodelist {\n  node {\n    nodeid: 1\n  }\n}\n";

    private static readonly RestoreContext Context = new()
    {
        Platform = new Platform { EnterpriseLinux = 7, PackageTool = PackageTool.Yum },
        Wanted = new Dictionary<string, ComponentFacts>(),
        Found = new Dictionary<string, ComponentFacts>(),
    };

    [Fact]
    public void The_living_partners_corosync_wins_but_for_what_tells_the_nodes_apart()
    {
        var wanted = State(("/etc/corosync/corosync.conf", Conf), ("/etc/corosync/authkey", "old"), ("/etc/sysconfig/corosync", "A=1\n"));
        var partner = State(("/etc/corosync/corosync.conf", Conf.Replace("17000", "20000", StringComparison.Ordinal).Replace("  nodeid: 1\n  token", "  nodeid: 2\n  token", StringComparison.Ordinal).Replace("10.0.0.1", "10.0.0.2", StringComparison.Ordinal)),
            ("/etc/corosync/authkey", "new"), ("/etc/corosync/uidgid.d/x", "uidgid {\n}\n"), ("/etc/sysconfig/corosync", "A=2\n"));
        var component = Named("corosync");

        var written = Writes(component.Restore(wanted, ComponentState.Empty, Context with { Partner = partner }));

        Assert.Equal(Conf.Replace("17000", "20000", StringComparison.Ordinal), written["/etc/corosync/corosync.conf"]);
        Assert.Equal(("new", "A=1\n"), (written["/etc/corosync/authkey"], written["/etc/sysconfig/corosync"]));
        Assert.Contains("/etc/corosync/uidgid.d/x", written.Keys);
        Assert.Contains("/etc/corosync/authkey comes from the living partner, since the backup's is another one", component.ForPeople(wanted, ComponentState.Empty, Context with { Partner = partner }));
    }

    [Fact]
    public void The_partners_list_of_nodes_is_newer_than_the_backups()
    {
        var partner = Conf.Replace("  node {\n    nodeid: 1", "  node {\n    nodeid: 7", StringComparison.Ordinal);

        var written = Writes(Named("corosync").Restore(State(("/etc/corosync/corosync.conf", Conf)), ComponentState.Empty, Context with { Partner = State(("/etc/corosync/corosync.conf", partner)) }));

        Assert.Equal(partner, written["/etc/corosync/corosync.conf"]);
    }

    [Fact]
    public void Without_a_partner_that_tells_corosync_comes_from_the_backup()
    {
        var wanted = State(("/etc/corosync/corosync.conf", Conf), ("/etc/corosync/authkey", "old"));

        foreach (var partner in (ComponentState?[])[null, ComponentState.Empty, State(("/etc/corosync/authkey", "lone"))])
            Assert.Equal("old", Writes(Named("corosync").Restore(wanted, ComponentState.Empty, Context with { Partner = partner }))["/etc/corosync/authkey"]);
    }

    [Fact]
    public void A_partner_whose_totem_has_other_lines_is_taken_as_it_is()
    {
        var partner = Conf.Replace("  nodeid: 1\n  token", "  token", StringComparison.Ordinal);

        var written = Writes(Named("corosync").Restore(State(("/etc/corosync/corosync.conf", Conf)), ComponentState.Empty, Context with { Partner = State(("/etc/corosync/corosync.conf", partner)) }));

        Assert.Equal(partner, written["/etc/corosync/corosync.conf"]);
    }

    [Fact]
    public void A_CIB_is_never_written_nor_removed_and_the_partners_key_wins()
    {
        var wanted = State(("/var/lib/pacemaker/cib/cib.xml", "<cib epoch='1'/>"), ("/var/lib/pacemaker/cib/cib.xml.sig", "x"), ("/etc/pacemaker/authkey", "old"), ("/var/lib/pcsd/tokens", "{}"));
        var found = State(("/var/lib/heartbeat/crm/cib.xml", "<cib epoch='2'/>"));

        var steps = Named("pacemaker").Restore(wanted, found, Context with { Partner = State(("/etc/pacemaker/authkey", "new")) });

        Assert.Equal(["/etc/pacemaker/authkey", "/var/lib/pcsd/tokens"], Writes(steps).Keys);
        Assert.Equal("new", Writes(steps)["/etc/pacemaker/authkey"]);
        Assert.DoesNotContain(steps, step => step is RemoveFile);
    }

    [Fact]
    public void Pools_are_the_clusters_but_their_keys_come_back() =>
        Assert.Equal(["/etc/zfs/keys/pool"], Writes(Named("zfs").Restore(State(("/etc/zfs/zpool.cache", "x"), ("/etc/zfs/keys/pool", "k")), ComponentState.Empty, Context)).Keys);

    [Fact]
    public void Lines_of_fstab_that_name_this_disk_are_the_new_systems()
    {
        var wanted = State((FileSystemTable.Path, "# old\nUUID=old / xfs defaults 0 0\nUUID=scratch /scratch xfs defaults 0 0\nnas:/home /home nfs rw 0 0\n/dev/mapper/mpatha /mnt/x ext4 defaults 0 0\n/srv /exports/s\\040t none bind 0 0\n"));
        var found = State((FileSystemTable.Path, "UUID=new / xfs defaults 0 0\nnas:/home /home nfs ro 0 0\nUUID=boot /boot ext4 defaults 0 0"));
        var component = Named("file-system-layout");

        var steps = component.Restore(wanted, found, Context);

        Assert.Equal("UUID=new / xfs defaults 0 0\nnas:/home /home nfs rw 0 0\nUUID=boot /boot ext4 defaults 0 0\n/dev/mapper/mpatha /mnt/x ext4 defaults 0 0\n/srv /exports/s\\040t none bind 0 0\n", Writes(steps)[FileSystemTable.Path]);
        Assert.Equal(["mkdir", "-p", "--", "/exports/s t", "/home", "/mnt/x"], steps[^1].On(Context.Platform).Arguments);
        Assert.Contains("/scratch was a file system", Assert.Single(component.ForPeople(wanted, found, Context)));
        Assert.Empty(component.Restore(wanted, State((FileSystemTable.Path, Writes(steps)[FileSystemTable.Path])), Context));
    }

    [Fact]
    public void What_describes_the_old_disk_is_not_written_and_LVMs_filter_is() =>
        Assert.Equal(["/etc/lvm/lvm.conf"], Writes(Named("file-system-layout").Restore(
            State(("/etc/crypttab", "a b\n"), ("/etc/mdadm.conf", "ARRAY x\n"), ("/etc/lvm/backup/vg", "x = 1\n"), ("/etc/lvm/lvm.conf", "devices {\n filter = x\n}\n"), ("/etc/lvm/devices/system.devices", "IDTYPE=x\n")),
            ComponentState.Empty, Context)).Keys);

    [Fact]
    public void The_kernels_command_line_comes_back_with_this_disk_and_the_loaders_own_files_never()
    {
        var wanted = State(("/etc/default/grub", "GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX=\"crashkernel=auto rd.lvm.lv=old/root resume=/dev/old/swap quiet\"\n"), ("/boot/grub2/grub.cfg", "menu old\n"), ("/etc/dracut.conf.d/x.conf", "add_drivers+=x\n"));
        wanted = wanted with { Tools = [Said("default-kernel", "/boot/vmlinuz-3.10-957_lustre\n")] };
        var found = State(("/etc/default/grub", "GRUB_TIMEOUT=1\nGRUB_CMDLINE_LINUX=\"rd.lvm.lv=centos/root rhgb\"\n"), ("/boot/grub2/grub.cfg", "menu new\n"));

        var steps = Named("boot-loader").Restore(wanted, found, Context);

        Assert.Equal("GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX=\"crashkernel=auto quiet rd.lvm.lv=centos/root\"\n", Writes(steps)["/etc/default/grub"]);
        Assert.Equal(["write /etc/default/grub", "write /etc/dracut.conf.d/x.conf", "boot /boot/vmlinuz-3.10-957_lustre", "make the boot menu from its settings", "make the initramfs from its settings"],
            steps.Select(step => step.Summary));
        Assert.Empty(Named("boot-loader").Restore(wanted, wanted with { Files = [.. wanted.Files.Select(file => file.Path == "/etc/default/grub" ? File(file.Path, Writes(steps)[file.Path]) : file)] }, Context));
    }

    [Fact]
    public void A_file_that_is_made_from_the_agents_key_goes_with_the_old_key()
    {
        var steps = Named("chroma-agent").Restore(State(("/etc/iml/private.pem", "key")), ComponentState.Empty, Context);

        Assert.Equal(["write /etc/iml/private.pem", "remove /etc/iml/identity.pfx"], steps.Select(step => step.Summary));
        Assert.DoesNotContain(Named("chroma-agent").Restore(State(("/etc/iml/profile.conf", "A=1\n")), ComponentState.Empty, Context), step => step is RemoveFile);
    }

    [Fact]
    public void Mount_points_that_are_missing_are_made_and_none_is_removed()
    {
        var steps = Named("mount-points").Restore(ComponentState.Empty with { Tools = [Said("folders.txt", "/mnt/MGS\n/mnt/demo-OST0000\n")] }, ComponentState.Empty with { Tools = [Said("folders.txt", "/mnt/MGS\n/mnt/other\n")] }, Context);

        Assert.Equal(["make the folder /mnt/demo-OST0000"], steps.Select(step => step.Summary));
    }

    private static Component Named(string name) => Catalogue.BuiltIn.Components.Single(component => component.Name == name);

    private static Dictionary<string, string> Writes(IEnumerable<RestoreStep> steps) => steps.OfType<WriteFile>().ToDictionary(step => step.File.Path, step => step.File.Text);

    private static ComponentState State(params (string Path, string Text)[] files) => new([.. files.Select(file => File(file.Path, file.Text))], []);

    private static CapturedFile File(string path, string text) => new() { Path = path, Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(text) };

    private static ToolOutput Said(string tool, string text) => new(tool, ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(text) };
}
