using System.Text;
using Relustre.Facts;

namespace Relustre.Tests.Facts;

public class ClusterReactionTests
{
    private const string Calm = """
        Current cluster status:
          * Node List:
            * Online: [ mds1 mds2 ]

        Transition Summary:
          * Restart    MDT0     ( mds2 )

        """;

    private const string Moved = """
        Current cluster status:
          * Node List:
            * Online: [ mds1 mds2 ]

        Transition Summary:
          * Move       MGS      ( mds1 -> mds2 )
          * Restart    MDT0     (         mds2 )
          * Stop       MDT1     (         mds2 )  due to node availability

        Executing Cluster Transition:
          * Resource action: MGS stop on mds1
        """;

    [Fact]
    public void Only_what_the_change_does_is_told() =>
        Assert.Equal("the cluster would: Move MGS (mds1 -> mds2); Stop MDT1 (mds2) due to node availability", ClusterReaction.Told(Calm, Moved));

    [Fact]
    public void A_change_without_consequence_says_so() => Assert.Equal("the cluster would do nothing about it just now", ClusterReaction.Told(Moved, Moved));

    [Theory]
    [InlineData("")]
    [InlineData("\0\n")]
    [InlineData("Transition Summary:")]
    [InlineData("Transition Summary:\n  * \n  *\n x\n")]
    public void An_answer_that_says_nothing_is_nothing(string answer) => Assert.Equal("the cluster would do nothing about it just now", ClusterReaction.Told(answer, answer));

    [Fact]
    public void The_question_is_the_old_state_with_the_new_configuration()
    {
        var (before, after) = ClusterReaction.Questions(State(Cib("20", "mds1")), State(Cib("10", "mds2")))!.Value;

        Assert.Equal(Cib("20", "mds1"), before.Replace(" />", "/>"));
        Assert.Equal(Cib("10", "mds1"), after.Replace(" />", "/>"));
    }

    [Theory]
    [InlineData("<cib><configuration/></cib>")]
    [InlineData("<cib><configuration/><status/></cib>")]
    [InlineData("<cib><configuration><status><node_state/>")]
    [InlineData("<cib><status><node_state/></status></cib>")]
    [InlineData("")]
    public void Without_a_running_cluster_there_is_no_question(string text) => Assert.Null(ClusterReaction.Questions(State(text), State(Cib("20", "mds1"))));

    private static string Cib(string score, string node) =>
        $"""<cib validate-with="pacemaker-2.10"><configuration><constraints><rsc_location id="l" rsc="MGS" node="mds1" score="{score}"/></constraints></configuration><status><node_state uname="{node}"/></status></cib>""";

    private static ComponentState State(string cib) =>
        new([], [new ToolOutput("cib.xml", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(cib) }]);
}
