using System.Text;
using System.Xml;
using System.Xml.Linq;
using Relustre.Components;
using Relustre.Facts;

namespace Relustre.Tests.Facts;

/// <summary>Which CIB comes back where both nodes were lost, and in what form.</summary>
public class LoadableCibTests
{
    private const string Mark = "0123456789abcdef";

    private static readonly XDocument iml = Loaded("iml-4.0-el7");

    public static TheoryData<string> Recordings => [.. Directory.GetDirectories(Path.Combine(RecordedHost.Captured, "pacemaker")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [InlineData("0.42.7", "0.42.6")]
    [InlineData("0.43.0", "0.42.99")]
    [InlineData("1.0.0", "0.999.0")]
    [InlineData("0.10.0", "0.9.0")]
    public void The_newest_is_chosen_by_admin_epoch_then_epoch_then_updates(string newer, string older)
    {
        Assert.Equal("mds1", SavedCib.Newest([Saved("mds1", newer), Saved("mds2", older)])!.Host);
        Assert.Equal("mds1", SavedCib.Newest([Saved("mds2", older), Saved("mds1", newer)])!.Host);
    }

    [Fact]
    public void A_copy_that_ends_early_is_no_copy()
    {
        Assert.Null(SavedCib.Of("mds1", State("<cib epoch=\"99\"><configuration>")));
        Assert.Null(SavedCib.Newest([]));
    }

    [Fact]
    public void What_it_says_of_itself_has_no_password()
    {
        var saved = Saved("iml-4.0-el7");

        Assert.Contains(RecordedHost.SecretMark, saved.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(RecordedHost.SecretMark, $"{saved} {LoadableCib.Of(saved, Mark)}", StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Of_every_recording_only_fencing_is_not_held_back_and_no_status_is_left(string recording)
    {
        if (SavedCibOf(recording) is not { } saved)
            return;
        var cib = XDocument.Parse(LoadableCib.Of(saved, Mark).Text);

        Assert.Empty(cib.Root!.Elements("status"));
        Assert.All(cib.Descendants("resources").Descendants("primitive").Where(one => (string?)one.Attribute("class") != "stonith"), one =>
            Assert.Equal("Stopped", (string?)one.Elements("meta_attributes").First(set => (string?)set.Attribute("score") == "INFINITY").Element("nvpair")!.Attribute("value")));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Without_what_holds_back_it_says_what_was_backed_up(string recording)
    {
        if (SavedCibOf(recording) is not { } saved)
            return;
        var loadable = LoadableCib.Of(saved, Mark);
        var cib = XDocument.Parse(loadable.Text);
        foreach (var start in loadable.Starts.SelectMany(start => start.Primitives))
            cib.Descendants("meta_attributes").Single(set => (string?)set.Attribute("id") == LoadableCib.HoldOf(start)).Remove();
        cib.Descendants("cluster_property_set").Single(set => (string?)set.Attribute("id") == LoadableCib.Mark).Remove();

        Assert.Empty(new Pacemaker().Compare(State(saved.Text), State(cib.ToString())));
        Assert.Empty(new Pacemaker().Compare(State(saved.Text), State(loadable.Released)));
    }

    [Fact]
    public void Its_age_is_past_that_of_the_backup() =>
        Assert.Equal(("0", "43", "0"), ((string?)iml.Root!.Attribute("admin_epoch"), (string?)iml.Root.Attribute("epoch"), (string?)iml.Root.Attribute("num_updates")));

    [Fact]
    public void A_fence_agent_comes_behind_all_that_it_needs() =>
        Assert.All(iml.Descendants("node").Elements("instance_attributes"), set => Assert.Equal("0_fence_agent", (string?)set.Elements("nvpair").Last().Attribute("name")));

    [Fact]
    public void Targets_start_in_Lustres_order_and_pools_before_them()
    {
        var starts = Starts("""
            <primitive id="demo-OST0000" class="ocf"/><primitive id="fs-MDT0000" class="ocf"/><primitive id="fencing" class="stonith"/>
            <group id="mgs-group"><primitive id="pool0" class="ocf"/><primitive id="MGS" class="ocf"/></group><clone id="c"><primitive id="ping" class="ocf"/></clone>
            """);

        Assert.Equal(["c", "mgs-group", "fs-MDT0000", "demo-OST0000"], starts.Select(start => start.Id));
        Assert.Equal(["pool0", "MGS"], starts[1].Primitives);
    }

    [Fact]
    public void What_was_stopped_on_purpose_is_not_waited_for()
    {
        var starts = Starts("""
            <primitive id="MGS" class="ocf"><meta_attributes id="m"><nvpair id="r" name="target-role" value="Stopped"/></meta_attributes></primitive>
            <primitive id="MDT0" class="ocf"><meta_attributes id="n"><nvpair id="s" name="target-role" value="Started"/></meta_attributes></primitive>
            """);

        Assert.Equal([true, false], starts.Select(start => start.IsLeftAlone));
    }

    [Fact]
    public void A_backup_taken_in_maintenance_starts_all_the_same_and_tells_what_to_set_again()
    {
        var loadable = LoadableCib.Of(new SavedCib("mds1", new(0, 1, 0), Cib("", """<cluster_property_set id="p"><nvpair id="mm" name="maintenance-mode" value="true"/></cluster_property_set>""")), Mark);

        Assert.Equal(["mm"], loadable.Brakes);
        Assert.DoesNotContain("value=\"true\"", loadable.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<cib/>")]
    [InlineData("<cib><configuration>")]
    [InlineData("<!DOCTYPE cib [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><cib><configuration>&x;</configuration></cib>")]
    public void What_is_no_whole_CIB_is_refused(string text) =>
        Assert.Throws<XmlException>(() => LoadableCib.Of(new SavedCib("mds1", new(0, 1, 0), text), Mark));

    [Theory]
    [InlineData("<cib><configuration><resources><primitive/><group id=\"g\"/><primitive id=\"\" class=\"ocf\"/></resources><nodes><node/><node id=\"1\"/></nodes></configuration></cib>")]
    [InlineData("<cib><configuration/><status><node_state/></status></cib>")]
    public void Odd_ones_are_read(string text) => Assert.NotNull(LoadableCib.Of(new SavedCib("mds1", new(0, 1, 0), text), Mark));

    private static IReadOnlyList<ClusterStart> Starts(string resources) => LoadableCib.Of(new SavedCib("mds1", new(0, 1, 0), Cib(resources, "")), Mark).Starts;

    private static string Cib(string resources, string properties) =>
        $"<cib epoch=\"1\"><configuration><crm_config>{properties}</crm_config><nodes/><resources>{resources}</resources><constraints/></configuration></cib>";

    private static XDocument Loaded(string recording) => XDocument.Parse(LoadableCib.Of(Saved(recording), Mark).Text);

    private static SavedCib Saved(string recording) => SavedCibOf(recording)!;

    private static SavedCib? SavedCibOf(string recording)
    {
        var path = Path.Combine(RecordedHost.Captured, "pacemaker", recording, "tools", "cib.xml");
        return File.Exists(path) ? SavedCib.Of("mds1", State(File.ReadAllText(path))) : null;
    }

    private static SavedCib Saved(string host, string age) => age.Split('.') is [var admin, var epoch, var updates]
        ? SavedCib.Of(host, State($"<cib admin_epoch=\"{admin}\" epoch=\"{epoch}\" num_updates=\"{updates}\"><configuration/></cib>"))!
        : throw new ArgumentException(age);

    private static ComponentState State(string cib) => new([], [new("cib.xml", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(cib) }]);
}
