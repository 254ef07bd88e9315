namespace Relustre.EndToEnd;

/// <summary>A lost server of the other eras: EL6 with SysV services and the agent of IML 2, and IML 6 whose targets the cluster starts by ocf:lustre:Lustre.</summary>
public static class EraTests
{
    public class OfTheSecond(E2 lab) : LostServer(lab), IClassFixture<E2>
    {
        [Fact]
        public Task A_lost_server_comes_back_while_its_partner_serves() => ComesBackAsync();
    }

    public class OfTheFourth(E4 lab) : LostServer(lab), IClassFixture<E4>
    {
        [Fact]
        public Task A_lost_server_comes_back_while_its_partner_serves() => ComesBackAsync();
    }

    public sealed class E2() : Lab(pairs: 1, era: "E2");

    public sealed class E4() : Lab(pairs: 1, era: "E4");
}
