using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Lustre's modules fit one kernel.</summary>
public sealed class RightKernelTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly RightKernel gate = new();

    public RightKernelTests()
    {
        pair.Wanted[0] = new SystemFacts { Kernel = "3.10.0-957.10.1.el7_lustre.x86_64" };
        pair.Wanted.Add(new LustreFacts { Version = "2.12.4" });
        pair.Host.Program("modprobe", "exit 0");
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task The_kernel_that_was_opens_it() => await pair.OpensAsync(gate, "3.10.0-957.10.1.el7_lustre.x86_64");

    [Fact]
    public async Task Another_one_closes_it()
    {
        pair.Host.Says("uname", "3.10.0-1160.el7.x86_64\n");

        await pair.RefusesAsync(gate, "runs the kernel 3.10.0-1160.el7.x86_64, and ran 3.10.0-957.10.1.el7_lustre.x86_64");
    }

    [Fact]
    public async Task Modules_that_are_not_there_close_it()
    {
        pair.Host.Program("modprobe", "[ \"$3\" != lustre ]");

        await pair.RefusesAsync(gate, "has no module lustre");
    }

    [Fact]
    public async Task A_server_without_Lustre_needs_no_modules_and_one_with_pools_those_of_ZFS()
    {
        pair.Wanted.RemoveAt(1);
        pair.Host.Program("modprobe", "exit 1");
        await pair.OpensAsync(gate);

        pair.Wanted.Add(new ZfsFacts { Pools = [new ZfsPool { Name = "mdt0" }] });
        await pair.RefusesAsync(gate, "has no module zfs");
    }

    [Fact]
    public async Task A_backup_that_does_not_know_the_kernel_closes_it()
    {
        pair.Wanted[0] = new SystemFacts();

        await pair.RefusesAsync(gate, "does not tell which kernel");
    }
}
