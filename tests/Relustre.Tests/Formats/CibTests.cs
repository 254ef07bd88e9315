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
        Assert.DoesNotContain("hunter2", string.Concat(Format.Cib.Read("<cib><nvpair id='o' name='options' value='-P x --password hunter2'/></cib>").Select(setting => setting.Shown)));

    [Fact]
    public void A_CIB_that_ends_early_is_told_as_far_as_it_goes_and_called_broken()
    {
        var settings = Format.Cib.Read(Calm[..Calm.IndexOf("<nodes>", StringComparison.Ordinal)]).ToList();

        Assert.Contains(new Setting("crm_config.cluster_property_set.stonith-enabled", "true"), settings);
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
        const string forth = """<cib><group id="g"><primitive id="zfs"/><primitive id="ost"/></group></cib>""";
        const string back = """<cib><group id="g"><primitive id="ost"/><primitive id="zfs"/></group></cib>""";

        Assert.Contains(new Setting("group(g).members", "zfs ost"), Format.Cib.Read(forth));
        Assert.Contains(new Setting("group(g).members", "ost zfs"), Format.Cib.Read(back));
    }
}
