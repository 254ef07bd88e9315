using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Of a pair only one server is restored at a time.</summary>
public sealed class OneAtATimeTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly OneAtATime gate = new();

    public OneAtATimeTests() => pair.Partner.File("/etc/corosync/corosync.conf", "totem { }").Program("crm_mon", "exit 1");

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task A_whole_partner_opens_it() => await pair.OpensAsync(gate, "mds2: whole");

    [Fact]
    public async Task The_servers_own_restore_does_not_close_it()
    {
        using var own = pair.Book.Start(pair.View.Plan, []);

        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task A_restore_of_the_partner_that_is_not_over_closes_it_until_it_is()
    {
        using var other = pair.Book.Start(pair.View.Plan with { Host = "mds2" }, []);
        other.Journal.Note(JournalKind.Safety);
        await pair.RefusesAsync(gate, "'relustre restore mds2 --resume'");

        other.Journal.Note(JournalKind.Ended);
        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task A_partner_that_is_bare_itself_closes_it()
    {
        File.Delete(pair.Partner.Path("/bin/crm_mon"));
        await pair.RefusesAsync(gate, "mds2 is without Pacemaker: both servers of the pair");

        pair.Partner.File("/etc/corosync/corosync.conf", "");
        await pair.RefusesAsync(gate, "mds2 is without a cluster's configuration");
    }

    [Fact]
    public async Task A_pair_with_cman_or_heartbeat_is_whole_too()
    {
        File.Delete(pair.Partner.Path("/etc/corosync/corosync.conf"));
        pair.Partner.File("/etc/cluster/cluster.conf", "<cluster/>");

        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task A_partner_that_is_away_or_a_site_without_a_book_closes_it()
    {
        await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
        await GatePair.RefusesAsync(gate, pair.View with { Book = null }, "where this site keeps its restores");
    }
}
