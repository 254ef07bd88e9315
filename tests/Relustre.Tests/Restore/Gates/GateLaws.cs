using Relustre.Facts;
using Relustre.Restore;

namespace Relustre.Tests.Restore.Gates;

/// <summary>What every gate keeps to, whatever it looks at.</summary>
public sealed class GateLaws : IDisposable
{
    private readonly GatePair pair = new();

    public GateLaws()
    {
        pair.Wanted.Clear();
        pair.Wanted.AddRange([
            new SystemFacts { HostName = "mds1.lab.test", Kernel = "3.10.0-957.10.1.el7_lustre.x86_64", HostId = "2d51819f", HostIdIsFixed = true },
            new LnetFacts { Nids = ["198.19.0.11@tcp"], ConfiguredBy = ["/etc/modprobe.d/iml_lnet_module_parameters.conf"] },
            new LustreFacts { Version = "2.12.4", Ldev = [new LdevEntry { Local = "mds1", Label = "MGS", Device = "/dev/mapper/mpatha" }] },
        ]);
    }

    public static TheoryData<string> Names => [.. GateBook.All.Select(gate => gate.Name)];

    public void Dispose() => pair.Dispose();

    [Fact]
    public void Names_are_unique_and_of_small_words() =>
        Assert.All(GateBook.All.GroupBy(gate => gate.Name), named => Assert.Matches("^[a-z]+(-[a-z]+)*$", Assert.Single(named).Name));

    // Typed by people and kept in journals: a gate is never renamed.
    [Fact]
    public void Names_stay() => Assert.Equal(
        [
            "node-is-idle", "holds-nothing", "partner-serves", "one-at-a-time", "fencing-works", "targets-visible", "nids-as-before", "keys-agree",
            "backup-is-current", "right-kernel", "clocks-agree", "packages-available", "enough-space",
            "fencing-suspended", "no-newer-cib", "nothing-mounted", "cards-confirmed",
        ],
        GateBook.All.Select(gate => gate.Name));

    [Theory, MemberData(nameof(Names))]
    public async Task None_opens_when_the_server_cannot_be_reached(string name) =>
        await RefusesAsync(name, pair.HostUnreachable with { Partners = pair.Unreachable.Partners });

    [Theory, MemberData(nameof(Names))]
    public async Task None_opens_on_servers_whose_programs_only_say_rubbish(string name)
    {
        foreach (var server in new[] { pair.Host, pair.Partner })
            server.Program("sh", "").Says("sh", "\u001b[2J<crm_mon><nodes>\n\0rubbish 99999999999999999999999 =\n");

        await RefusesAsync(name, pair.View);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task None_opens_on_servers_that_only_fail(string name)
    {
        foreach (var server in new[] { pair.Host, pair.Partner })
            System.IO.File.Delete(server.Path("bin/sh"));

        await RefusesAsync(name, pair.View);
    }

    private static async Task RefusesAsync(string name, GateView view)
    {
        var answer = await GatePair.AskAsync(GateBook.All.Single(gate => gate.Name == name), view);

        Assert.False(answer.IsOpen, answer.Reason);
        Assert.DoesNotContain('\u001b', $"{answer.Reason}{answer.Look}");
    }
}
