using System.Diagnostics;

namespace Relustre.Tests.Components;

/// <summary>The commands and filters of the cluster's components, in a real shell.</summary>
public class ClusterToolsTests
{
    private const string Path = "/usr/sbin:/usr/bin:/sbin:/bin";

    [Theory]
    [InlineData("multipath", "devices.txt")]
    [InlineData("pacemaker", "resource-agents.txt")]
    [InlineData("pacemaker", "fence-agents.txt")]
    [InlineData("pacemaker", "bmc.txt")]
    [InlineData("rdma", "ibstat.txt")]
    [InlineData("rdma", "devices.txt")]
    [InlineData("mount-points", "folders.txt")]
    public void A_server_without_such_hardware_has_nothing_to_say_and_fails_nothing(string component, string tool) =>
        Assert.Equal((0, ""), Failure(Run("sh", Tool(component, tool).Command)));

    [Theory]
    [InlineData("sh")]
    [InlineData("busybox sh")]
    public void A_scrub_that_goes_on_is_no_change(string shell)
    {
        const string before = "  pool: ost1\n state: ONLINE\n  scan: scrub in progress since Sun\n\t1.2T scanned at 3G/s\n\t0B repaired, 10% done\nconfig:\n\n\tNAME  STATE\n\tost1  ONLINE\n\nerrors: No known data errors\n";
        const string after = "  pool: ost1\n state: ONLINE\n  scan: scrub repaired 0B in 1h\nconfig:\n\n\tNAME  STATE\n\tost1  ONLINE\n\nerrors: No known data errors\n";

        var filtered = Filtered(shell, "zfs", "status.txt", before);

        Assert.Equal("  pool: ost1\n state: ONLINE\nconfig:\n\n\tNAME  STATE\n\tost1  ONLINE\n\nerrors: No known data errors\n", filtered);
        Assert.Equal(filtered, Filtered(shell, "zfs", "status.txt", after));
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("busybox sh")]
    public void What_a_pool_counts_is_left_out(string shell) =>
        Assert.Equal(
            "ost1\tguid\t99\t-\nost1\tcachefile\tnone\tlocal\n",
            Filtered(shell, "zfs", "pools.txt", "ost1\tsize\t10T\t-\nost1\tguid\t99\t-\nost1\tallocated\t1T\t-\nost1\tload_guid\t5\t-\nost1\tdedupratio\t1.00x\t-\nost1\tcachefile\tnone\tlocal\n"));

    [Fact]
    public void Corosync_tells_its_configuration_without_what_it_counts_and_without_a_key() =>
        Assert.Equal(
            "nodelist.node.0.nodeid (u32) = 1\ntotem.token (u32) = 17000\n",
            Filtered("sh", "corosync", "cmap.txt", "nodelist.node.0.nodeid (u32) = 1\nruntime.connections.active (u64) = 5\nstats.srp.x (u64) = 1\ntotem.key (str) = S3CRET\ntotem.token (u32) = 17000\n"));

    [Fact]
    public void A_device_of_Lustre_is_told_without_its_users() =>
        Assert.Equal("UP mgs MGS MGS\n", Filtered("sh", "lustre", "devices.txt", "  3 UP mgs MGS MGS 15\n"));

    [Fact]
    public void A_BMC_is_told_without_its_community() =>
        Assert.Equal("IP Address : 10.10.9.11\n", Filtered("sh", "pacemaker", "bmc.txt", "IP Address : 10.10.9.11\nSNMP Community String   : S3CRET\n"));

    [Fact]
    public void Names_below_mnt_are_told_and_nothing_else()
    {
        using var root = new TemporaryRoot("mnt/MGS", "mnt/lustre/mdt0", "mnt/lustre/mdt0/deeper", "lustre/lfs", "etc/x", "home/y/z");
        var tool = Tool("mount-points", "folders.txt");

        var (_, said, _) = Run("sh", tool.Command.Replace("find / ", $"find {root.Path} ").Replace("-path /", $"-path {root.Path}")
            .Replace("'/mnt", $"'{root.Path}/mnt").Replace("'/lustre", $"'{root.Path}/lustre").Replace("'/*/*'", $"'{root.Path}/*/*'") + " | " + tool.Filter);

        Assert.Equal(["/lustre/lfs", "/mnt/MGS", "/mnt/lustre", "/mnt/lustre/mdt0"],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[root.Path.Length..]));
    }

    private static (int, string) Failure((int ExitCode, string Output, string Complaint) ended) => (ended.ExitCode, ended.Complaint);

    private static string Filtered(string shell, string component, string tool, string output) => Run(shell, Tool(component, tool).Filter!, output).Output;

    private static Source.Tool Tool(string component, string name) =>
        Catalogue.BuiltIn.Components.Single(one => one.Name == component).Sources.OfType<Source.Tool>().Single(tool => tool.Name == name);

    private static (int ExitCode, string Output, string Complaint) Run(string shell, string command, string input = "")
    {
        var start = new ProcessStartInfo(shell.Split(' ')[0], [.. shell.Split(' ').Skip(1), "-c", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Path;
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, complaint.GetAwaiter().GetResult());
    }

    private sealed class TemporaryRoot : IDisposable
    {
        public TemporaryRoot(params string[] folders)
        {
            foreach (var folder in folders)
                Directory.CreateDirectory(System.IO.Path.Combine(Path, folder));
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("relustre-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
