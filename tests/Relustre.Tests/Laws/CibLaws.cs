using System.Text;
using System.Xml.Linq;

namespace Relustre.Tests.Laws;

/// <summary>What holds for the CIB of every recorded cluster: it is compared as a cluster and not as a text.</summary>
public class CibLaws
{
    private static readonly Component Pacemaker = Catalogue.BuiltIn.Components.Single(component => component.Name == "pacemaker");

    // Where Pacemaker goes by the order.
    private static readonly string[] OrderedWithin = ["group", "resource_set", "rsc_order", "rsc_colocation", "rsc_ticket"];

    public static TheoryData<string> Cibs => new(
        from recording in RecordedHost.Names
        where recording.StartsWith("pacemaker/", StringComparison.Ordinal)
        let state = RecordedHost.Open(recording).State
        where TextIn(state) is not null
        select recording);

    [Theory, MemberData(nameof(Cibs))]
    public void What_Pacemaker_counts_says_nothing(string recording) =>
        Assert.Empty(After(recording, cib =>
        {
            cib.SetAttributeValue("epoch", "4711");
            cib.SetAttributeValue("num_updates", "99");
            cib.SetAttributeValue("cib-last-written", "now");
            cib.SetAttributeValue("update-client", "somebody");
            cib.SetAttributeValue("dc-uuid", "7");
            cib.Element("status")?.Remove();
            cib.Add(new XElement("status", new XElement("node_state", new XAttribute("id", "1"))));
        }));

    [Theory, MemberData(nameof(Cibs))]
    public void Ids_that_tools_make_up_say_nothing(string recording) =>
        Assert.Empty(After(recording, cib =>
        {
            if (cib.Descendants().Any(element => element.Attribute("id-ref") is not null))
                return;
            foreach (var element in cib.Descendants().Where(element => element.Name.LocalName is "nvpair" or "instance_attributes" or "meta_attributes" or "op" or "operations" or "rule" or "expression" or "resource_set"
                || (element.Name.LocalName is "rsc_location" && !((string?)element.Attribute("id") ?? "").StartsWith("cli-", StringComparison.Ordinal)) || element.Name.LocalName is "rsc_order" or "rsc_colocation").ToList())
                element.SetAttributeValue("id", $"x{element.ElementsBeforeSelf().Count()}-{element.Ancestors().Count()}-{Guid.NewGuid():N}");
        }));

    [Theory, MemberData(nameof(Cibs))]
    public void The_order_of_elements_and_attributes_says_nothing_where_Pacemaker_gives_it_no_meaning(string recording) =>
        Assert.Empty(After(recording, cib =>
        {
            foreach (var element in cib.DescendantsAndSelf().ToList())
            {
                element.ReplaceAttributes(element.Attributes().Reverse().ToList());
                if (!OrderedWithin.Contains(element.Name.LocalName))
                    element.ReplaceNodes(element.Nodes().Reverse().ToList());
            }
        }));

    [Theory, MemberData(nameof(Cibs))]
    public void Each_changed_value_is_one_difference(string recording)
    {
        var pairs = XDocument.Parse(TextIn(RecordedHost.Open(recording).State)!).Root!.Descendants("nvpair").Count(IsConfiguration);

        for (var at = 0; at < pairs; at++)
        {
            var differences = After(recording, cib => Pair(cib, at).SetAttributeValue("value", "S3CRET-" + at));

            var name = (string?)Pair(XDocument.Parse(TextIn(RecordedHost.Open(recording).State)!).Root!, at).Attribute("name") ?? "";
            if (name is not ("last-lrm-refresh" or "dc-version"))
                Assert.Contains(name, Assert.Single(differences).Key);
        }
    }

    [Theory, MemberData(nameof(Cibs))]
    public void Each_object_that_is_gone_is_one_difference(string recording)
    {
        foreach (var name in (string[])["primitive", "rsc_location", "rsc_order", "rsc_colocation", "node", "fencing-level", "op"])
            for (var at = 0; at < Count(recording, name); at++)
            {
                var isMember = false;
                var differences = After(recording, cib =>
                {
                    var element = cib.Descendants(name).Where(IsConfiguration).ElementAt(at);
                    isMember = element.Parent!.Name.LocalName == "group";
                    element.Remove();
                });

                // The group's order is a setting of its own.
                Assert.Equal(isMember ? 2 : 1, differences.Count);
            }
    }

    [Theory, MemberData(nameof(Cibs))]
    public void Another_schema_is_one_difference_that_is_cosmetic(string recording)
    {
        var difference = Assert.Single(After(recording, cib =>
        {
            cib.SetAttributeValue("validate-with", "pacemaker-9.9");
            cib.SetAttributeValue("crm_feature_set", "9.9.9");
        }));

        Assert.Equal(Risk.Cosmetic, difference.Risk);
    }

    private static int Count(string recording, string name) =>
        XDocument.Parse(TextIn(RecordedHost.Open(recording).State)!).Root!.Descendants(name).Count(IsConfiguration);

    private static bool IsConfiguration(XElement element) => element.Ancestors("configuration").Any();

    private static XElement Pair(XElement cib, int at) => cib.Descendants("nvpair").Where(IsConfiguration).ElementAt(at);

    private static IReadOnlyList<Difference> After(string recording, Action<XElement> edit)
    {
        var text = TextIn(RecordedHost.Open(recording).State)!;
        var cib = XDocument.Parse(text);
        edit(cib.Root!);
        return Pacemaker.Compare(StateOf(text), StateOf(cib.ToString()));
    }

    private static ComponentState StateOf(string text) =>
        new([], [new ToolOutput("cib.xml", ToolOutcome.Answered) { Output = Encoding.UTF8.GetBytes(text) }]);

    // A broken one has no document to edit.
    private static string? TextIn(ComponentState state)
    {
        var text = state.Said("cib.xml") ?? state.Text("/var/lib/pacemaker/cib/cib.xml", "/var/lib/heartbeat/crm/cib.xml");
        try
        {
            return text is null ? null : XDocument.Parse(text).ToString();
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }
}
