using System.Text;
using Relustre.Facts;

namespace Relustre.Tests.Facts;

public class ClusterChangeTests
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

    private static readonly ClusterChange Change = new("<cib/>", "<cib/>");

    [Fact]
    public void Only_what_the_change_does_is_told() =>
        Assert.Equal("the cluster would: Move MGS (mds1 -> mds2); Stop MDT1 (mds2) due to node availability", Change.Told(Calm, Moved));

    [Fact]
    public void A_change_without_consequence_says_so() => Assert.Equal("the cluster would do nothing about it just now", Change.Told(Moved, Moved));

    [Theory]
    [InlineData("")]
    [InlineData("\0\n")]
    [InlineData("Transition Summary:")]
    [InlineData("Transition Summary:\n  * \n  *\n x\n")]
    public void An_answer_that_says_nothing_is_nothing(string answer) => Assert.Equal("the cluster would do nothing about it just now", Change.Told(answer, answer));

    [Fact]
    public void The_question_is_the_old_state_with_the_new_configuration()
    {
        var (before, after) = ClusterChange.Between(State(Cib("20", "mds1")), State(Cib("10", "mds2")))!;

        Assert.Equal(Cib("20", "mds1"), before.Replace(" />", "/>"));
        Assert.Equal(Cib("10", "mds1"), after.Replace(" />", "/>"));
    }

    [Fact]
    public void The_server_is_told_no_secret_that_it_does_not_have()
    {
        var wanted = Secret("node", "0_fence_passwd", "then") + Secret("node", "1_fence_passwd", "same") + Secret("primitive class=\"stonith\" type=\"x\"", "shared", "then-too") + Secret("node", "standby", "off");
        var found = Secret("node", "0_fence_passwd", "now") + Secret("node", "1_fence_passwd", "same") + Secret("primitive class=\"stonith\" type=\"x\"", "shared", "now-too") + Secret("node", "standby", "on");
        var change = ClusterChange.Between(State(Secrets(wanted)), State(Secrets(found)))!;

        var sent = change.ForItsServer();

        Assert.Equal(change.Before.Replace("\"then\"", "\"hidden\"", StringComparison.Ordinal).Replace("\"then-too\"", "\"hidden\"", StringComparison.Ordinal), sent.Before);
        Assert.Equal(change.After.Replace("\"then\"", "\"hidden\"", StringComparison.Ordinal), sent.After);
        Assert.Contains("\"then\"", change.After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_device_whose_secret_is_hidden_is_no_reason_to_hide_its_restart()
    {
        const string restarts = "Transition Summary:\n  * Restart    fence-mds1     ( mds2 )\n";
        var change = ClusterChange.Between(
            State(Secrets(Secret("primitive id=\"fence-mds1\" class=\"stonith\" type=\"x\"", "passwd", "then"))),
            State(Secrets(Secret("primitive id=\"fence-mds1\" class=\"stonith\" type=\"x\"", "passwd", "now"))))!;

        Assert.Equal("the cluster would do nothing about it just now", change.Told(restarts, restarts));
        Assert.Equal("the cluster would: Restart fence-mds1 (mds2)", change.ForItsServer().Told(restarts, restarts));
    }

    [Theory]
    [InlineData("<cib><configuration/></cib>")]
    [InlineData("<cib><configuration/><status/></cib>")]
    [InlineData("<cib><configuration><status><node_state/>")]
    [InlineData("<cib><status><node_state/></status></cib>")]
    [InlineData("")]
    public void Without_a_running_cluster_there_is_no_question(string text) => Assert.Null(ClusterChange.Between(State(text), State(Cib("20", "mds1"))));

    private static string Secret(string element, string name, string value) =>
        $"<{element}><instance_attributes><nvpair name=\"{name}\" value=\"{value}\"/></instance_attributes></{element.Split(' ')[0]}>";

    // The state of then may have one, too.
    private static string Secrets(string configuration) =>
        $"<cib><configuration>{configuration}</configuration><status><node_state><transient_attributes><instance_attributes><nvpair name=\"passwd\" value=\"then\"/></instance_attributes></transient_attributes></node_state></status></cib>";

    private static string Cib(string score, string node) =>
        $"""<cib validate-with="pacemaker-2.10"><configuration><constraints><rsc_location id="l" rsc="MGS" node="mds1" score="{score}"/></constraints></configuration><status><node_state uname="{node}"/></status></cib>""";

    private static ComponentState State(string cib) =>
        new([], [new ToolOutput("cib.xml", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(cib) }]);
}
