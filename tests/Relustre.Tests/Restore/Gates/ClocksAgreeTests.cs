using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Clocks that are apart make certificates expire and old failures look new.</summary>
public sealed class ClocksAgreeTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly ClocksAgree gate = new();

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task Clocks_of_one_machine_agree() => await pair.OpensAsync(gate);

    [Theory]
    [InlineData(60, "the clock of mds1 is ")]
    [InlineData(-60, "the clock of this machine is ")]
    public async Task A_server_whose_clock_is_wrong_closes_it(int seconds, string because)
    {
        Shift(pair.Host, seconds);

        await pair.RefusesAsync(gate, because);
    }

    [Fact]
    public async Task So_does_its_partners()
    {
        Shift(pair.Partner, 3600);

        await pair.RefusesAsync(gate, "the clock of mds2 is 3");
    }

    [Fact]
    public async Task Apart_from_each_other_both_may_be_near_to_ours()
    {
        // Far enough beyond two seconds that no answer's way explains it, and no busy machine spoils the test.
        Shift(pair.Host, -600);
        Shift(pair.Partner, 600);

        await pair.RefusesAsync(gate, "s before that of");
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("1e400")]
    [InlineData("-5")]
    [InlineData("")]
    public async Task What_is_no_time_closes_it(string text)
    {
        pair.Host.Says("date", text);

        await pair.RefusesAsync(gate, "does not tell the time");
    }

    [Fact]
    public async Task A_partner_that_is_away_closes_it() => await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");

    private static void Shift(TestServer server, int seconds) => server.Says("date", $"{TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds()}.5\n");
}
