namespace Relustre.Tests.Formats;

public class CibTests
{
    private const string Calm = """
        <cib epoch="7" num_updates="1" admin_epoch="0" cib-last-written="Tue" have-quorum="1" dc-uuid="1" validate-with="pacemaker-2.10">
          <configuration>
            <crm_config><cluster_property_set id="a"><nvpair id="a-s" name="stonith-enabled" value="true"/><nvpair id="a-l" name="last-lrm-refresh" value="1"/></cluster_property_set></crm_config>
            <nodes><node id="1" uname="mds1"><instance_attributes id="nodes-1"><nvpair id="nodes-1-0_fence_password" name="0_fence_password" value="hunter2"/></instance_attributes></node></nodes>
          </configuration>
          <status/>
        </cib>
        """;

    private const string Busy = """
        <?xml version="1.0"?>
        <cib validate-with="pacemaker-2.10" dc-uuid="2" epoch="99" num_updates="512" admin_epoch="3"><!-- note -->
          <configuration>
            <crm_config><cluster_property_set id="b"><nvpair value="true" name="stonith-enabled" id="b-s"/></cluster_property_set></crm_config>
            <nodes><node uname="mds1" id="1"><instance_attributes id="n1"><nvpair id="x" name="0_fence_password" value="hunter2"/></instance_attributes></node></nodes>
          </configuration>
          <status><node_state id="1"><lrm id="1"/></node_state></status>
        </cib>
        """;

    [Fact]
    public void What_Pacemaker_counts_and_calls_by_itself_is_no_setting() =>
        Assert.True(Format.Cib.Read(Calm).ToHashSet().SetEquals(Format.Cib.Read(Busy)));

    [Fact]
    public void A_changed_property_is_seen() =>
        Assert.False(Format.Cib.Read(Calm).ToHashSet().SetEquals(Format.Cib.Read(Calm.Replace("\"true\"", "\"false\""))));

    [Theory]
    [InlineData("0_fence_password")]
    [InlineData("passwd")]
    [InlineData("snmp_priv_passwd")]
    [InlineData("community")]
    [InlineData("SECRET_key")]
    [InlineData("auth-token")]
    public void A_password_is_compared_and_never_shown(string name)
    {
        var setting = Format.Cib.Read(Calm.Replace("0_fence_password", name)).Single(setting => setting.Key.EndsWith(name, StringComparison.Ordinal));

        Assert.Equal("hunter2", setting.Value);
        Assert.True(setting.IsSecret);
    }

    [Fact]
    public void A_password_within_another_value_is_not_shown_either() =>
        Assert.DoesNotContain("hunter2", string.Concat(Format.Cib.Read("<cib><configuration><crm_config><x><nvpair id='o' name='options' value='-P x --password hunter2'/></x><cluster_property_set id='s'><nvpair id='o' name='options' value='-P x --password hunter2'/></cluster_property_set></crm_config></configuration></cib>").Select(setting => setting.Shown)));

    [Fact]
    public void A_CIB_that_ends_early_is_told_as_far_as_it_goes_and_called_broken()
    {
        var settings = Format.Cib.Read(Calm[..Calm.IndexOf("<nodes>", StringComparison.Ordinal)]).ToList();

        Assert.Contains(new Setting("property: stonith-enabled", "true"), settings);
        Assert.True(settings[^1] is { Key: "(unreadable)", IsSecret: true });
    }

    [Theory]
    [InlineData("""<!DOCTYPE cib [<!ENTITY a SYSTEM "file:///etc/passwd">]><cib x="&a;">&a;</cib>""")]
    [InlineData("""<!DOCTYPE cib [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><cib x="&b;"/>""")]
    public void Entities_and_document_types_are_refused(string text) =>
        Assert.Equal(["(unreadable)"], Format.Cib.Read(text).Select(setting => setting.Key));

    [Fact]
    public void The_order_within_a_group_is_a_setting()
    {
        Assert.Contains(new Setting("resource g: members", "zfs ost"), Resources("""<group id="g"><primitive id="zfs"/><primitive id="ost"/></group>"""));
        Assert.Contains(new Setting("resource g: members", "ost zfs"), Resources("""<group id="g"><primitive id="ost"/><primitive id="zfs"/></group>"""));
    }

    [Fact]
    public void A_time_says_the_same_however_it_is_written() => Assert.Equal(
        Resources("""<primitive id="r"><operations><op id="a" name="monitor" interval="20" timeout="300s"/></operations></primitive>"""),
        Resources("""<primitive id="r"><operations><op id="b" name="monitor" timeout="5min" interval="20000ms"/></operations></primitive>"""));

    [Fact]
    public void Of_several_monitors_each_is_one_setting() => Assert.Equal(
        ["operation monitor interval=5s", "operation monitor#2 interval=60s", "operation monitor Master interval=10s"],
        Resources("""
            <primitive id="r"><operations>
              <op id="a" name="monitor" interval="60s"/><op id="b" name="monitor" interval="10s" role="Master"/><op id="c" name="monitor" interval="5s"/>
            </operations></primitive>
            """).Where(setting => setting.Key.Contains("operation", StringComparison.Ordinal)).Select(setting => $"{setting.Key["resource r: ".Length..]} {setting.Value}"));

    [Fact]
    public void A_constraint_is_known_by_what_it_is_about_and_not_by_its_id() => Assert.Equal(
        [new("location MGS on mds1: score", "20"), new("cli-ban MGS on mds2: score", "-INFINITY"), new("order zfs then ost: kind", "Mandatory"), new("colocation ost with zfs: score", "INFINITY")],
        Read("constraints", """
            <rsc_location id="any" rsc="MGS" node="mds1" score="20"/>
            <rsc_location id="cli-ban-MGS-on-mds2" rsc="MGS" node="mds2" score="-INFINITY"/>
            <rsc_order id="o" first="zfs" then="ost" kind="Mandatory"/>
            <rsc_colocation id="c" rsc="ost" with-rsc="zfs" score="INFINITY"/>
            """));

    [Fact]
    public void A_location_by_rule_is_told_with_its_rule_whatever_the_order_of_its_parts()
    {
        const string forth = """<rsc_location id="l" rsc="r"><rule id="x" score="100" boolean-op="and"><expression id="a" attribute="k" operation="defined"/><expression id="b" attribute="s" operation="eq" value="1"/></rule></rsc_location>""";
        const string back = """<rsc_location id="m" rsc="r"><rule id="y" boolean-op="and" score="100"><expression id="d" value="1" attribute="s" operation="eq"/><expression id="e" operation="defined" attribute="k"/></rule></rsc_location>""";

        Assert.Equal(Read("constraints", forth), Read("constraints", back));
        Assert.NotEqual(Read("constraints", forth), Read("constraints", back.Replace("100", "10")));
    }

    [Fact]
    public void The_order_of_resource_sets_counts_and_within_a_set_unless_it_says_otherwise()
    {
        const string ordered = """<rsc_order id="o"><resource_set id="s"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_order>""";
        const string free = """<rsc_order id="o"><resource_set id="s" sequential="false"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_order>""";

        Assert.NotEqual(Read("constraints", ordered), Read("constraints", Swapped(ordered)));
        Assert.Equal(Read("constraints", free), Read("constraints", Swapped(free)));
    }

    [Fact]
    public void A_set_that_stands_for_another_one_says_what_that_one_says() => Assert.Contains(
        new Setting("resource b: parameter target", "/dev/mapper/mpatha"),
        Resources("""
            <primitive id="a"><instance_attributes id="a-ia"><nvpair id="a-t" name="target" value="/dev/mapper/mpatha"/></instance_attributes></primitive>
            <primitive id="b"><instance_attributes id-ref="a-ia"/></primitive>
            """));

    [Fact]
    public void Sets_that_stand_for_each_other_end() =>
        Assert.NotEmpty(Resources("""<primitive id="a"><operations id="x" id-ref="y"/></primitive><primitive id="b"><operations id="y" id-ref="x"/></primitive>"""));

    [Fact]
    public void Devices_of_a_fencing_level_have_their_order() => Assert.Equal(
        [new("fencing of mds1: level 1", "ipmi,pdu")],
        Read("fencing-topology", """<fencing-level id="f" target="mds1" index="1" devices="ipmi,pdu"/>"""));

    private static string Swapped(string text) => text.Replace("id=\"a\"", "id=\"-\"").Replace("id=\"b\"", "id=\"a\"").Replace("id=\"-\"", "id=\"b\"");

    private static IReadOnlyList<Setting> Resources(string text) => Read("resources", text);

    private static IReadOnlyList<Setting> Read(string section, string text) =>
        [.. Format.Cib.Read($"<cib><configuration><{section}>{text}</{section}></configuration></cib>")];
}
