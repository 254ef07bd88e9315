using System.Text;
using Relustre.Components;
using Relustre.Facts;

namespace Relustre.Tests.Facts;

public class PacemakerFactsTests
{
    [Fact]
    public void A_live_CIB_is_believed_before_the_disk() => Assert.Equal((true, 42), Epoch(Live("42"), [Disk("pacemaker/cib", "99")]));

    [Fact]
    public void The_newest_on_disk_counts_when_the_cluster_is_down() =>
        Assert.Equal((false, 12), Epoch(null, [Disk("heartbeat/crm", "9"), Disk("pacemaker/cib", "12")]));

    [Theory]
    [InlineData("Signon to CIB failed: Transport endpoint is not connected")]
    [InlineData("<cib epoch=\"99\" ")]
    [InlineData("<cib epoch=\"99\"><configuration>")]
    [InlineData("<html><cib/></html>")]
    public void An_answer_that_is_no_CIB_does_not_hide_the_one_on_disk(string rubbish) =>
        Assert.Equal((false, 12), Epoch(rubbish, [Disk("pacemaker/cib", "12")]));

    [Fact]
    public void Without_any_CIB_there_are_no_facts() => Assert.Null(new Pacemaker().Facts(new([], [new("cib.xml", ToolOutcome.Failed) { ExitCode = 102 }])));

    [Fact]
    public void A_fence_parameter_that_nobody_has_heard_of_is_not_told()
    {
        var state = new ComponentState([], [Said("""<cib epoch="1"><configuration><nodes><node id="1" uname="a"><instance_attributes id="n"><nvpair id="i" name="0_fence_geheim" value="hunter2"/><nvpair id="j" name="0_fence_agent" value="fence_apc"/></instance_attributes></node></nodes></configuration></cib>""")]);

        var facts = Assert.IsType<PacemakerFacts>(new Pacemaker().Facts(state));

        Assert.Equal([new("0_fence_geheim", "(secret)"), new("0_fence_agent", "fence_apc")], facts.Nodes[0].Attributes);
    }

    private static (bool IsLive, long Epoch) Epoch(string? live, CapturedFile[] files)
    {
        var facts = Assert.IsType<PacemakerFacts>(new Pacemaker().Facts(new(files, live is null ? [] : [Said(live)])));
        return (facts.IsLive, facts.Epoch);
    }

    private static string Live(string epoch) => $"""<cib epoch="{epoch}" num_updates="0" admin_epoch="0"><configuration/><status/></cib>""";

    private static ToolOutput Said(string text) => new("cib.xml", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(text) };

    private static CapturedFile Disk(string folder, string epoch) =>
        new() { Path = $"/var/lib/{folder}/cib.xml", Kind = FileKind.File, Mode = 0, Content = Encoding.UTF8.GetBytes(Live(epoch)) };
}
