using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A server that runs out of space in the middle neither boots nor repairs itself.</summary>
public sealed class EnoughSpaceTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly EnoughSpace gate = new();

    public EnoughSpaceTests() => Free(root: 100_000_000, boot: 1_000_000);

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task Room_for_all_opens_it() => await pair.OpensAsync(gate, "there is room");

    [Fact]
    public async Task A_kernel_needs_room_to_boot_from()
    {
        Packages(1, "kernel");
        await pair.OpensAsync(gate, "room for 1 packages");

        Free(root: 100_000_000, boot: 50_000);
        await pair.RefusesAsync(gate, "too little room on mds1: /boot has 48 MiB free, about 160 MiB are needed");
    }

    [Fact]
    public async Task Packages_and_files_add_up_in_the_file_system_they_share()
    {
        Packages(500, "package");
        Free(root: 3_000_000, boot: 1_000_000);
        await pair.RefusesAsync(gate, "/ has 2929 MiB free, about 3192 MiB are needed");

        pair.Wanted.RemoveAll(facts => facts is PackagesFacts);
        await pair.OpensAsync(gate);
        pair.Steps.Add(new WriteFile(new CapturedFile { Path = "/opt/new/big", Kind = FileKind.File, Mode = 0x1A4, Content = new byte[3 << 20] }));
        Free(root: 64 * 3 * 1024, boot: 1_000_000);
        await pair.RefusesAsync(gate, "/ has 192 MiB free, about 195 MiB are needed");
    }

    [Fact]
    public async Task A_file_system_without_room_for_more_files_closes_it()
    {
        Free(root: 100_000_000, boot: 1_000_000, files: "12");

        await pair.RefusesAsync(gate, "/ has room for 12 files");
    }

    [Fact]
    public async Task One_that_makes_files_as_it_needs_them_does_not()
    {
        Free(root: 100_000_000, boot: 1_000_000, files: "0", total: "0");

        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task A_server_that_does_not_tell_closes_it()
    {
        pair.Host.Says("df", "", exitCode: 1);
        await pair.RefusesAsync(gate, "does not tell how much space it has");

        Free(root: 100_000_000, boot: 1_000_000);
        Packages(1, "kernel");
        pair.Host.Says("rpm", "", exitCode: 1);
        await pair.RefusesAsync(gate, "does not tell which packages it has");
    }

    private void Packages(int count, string name)
    {
        pair.Wanted.Add(new PackagesFacts
        {
            ModuleStreams = [],
            Packages = [.. Enumerable.Range(0, count).Select(at => new PackagesFacts.Package { Name = name, Epoch = "0", Version = $"{at}", Release = "1", Arch = "x86_64" })],
        });
        pair.Host.Says("rpm", "bash-0:4.2.46-34.el7.x86_64\n");
    }

    private void Free(long root, long boot, string files = "1000000", string total = "2000000")
    {
        Directory.CreateDirectory(pair.Host.Path("/boot"));
        pair.Host.Program("df", $$"""
            [ "$3" = /boot ] && system=/boot kib={{boot}} || system=/ kib={{root}}
            [ "$1" = -Pk ] && set -- 200000000 1 "$kib" || set -- {{total}} 1 {{files}}
            echo "Filesystem 1024-blocks Used Available Capacity Mounted on"; echo "/dev/sda1 $1 $2 $3 9% $system"
            """);
    }
}
