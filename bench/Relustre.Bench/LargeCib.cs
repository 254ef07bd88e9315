using System.Globalization;
using System.Text;

namespace Relustre.Bench;

/// <summary>A CIB of a given size in the shape that IML 6 gives it, and its successor: three changes, and everything renumbered.</summary>
internal static class LargeCib
{
    public static (string Old, string New) OfSize(int bytes)
    {
        var targets = 1;
        while (Text(targets, 1, isNew: false).Length < bytes)
            targets += 10;
        return (Text(targets, 42, isNew: false), Text(targets, 977, isNew: true));
    }

    private static string Text(int targets, int epoch, bool isNew)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"<cib crm_feature_set=\"3.0.14\" validate-with=\"pacemaker-2.10\" epoch=\"{epoch}\" num_updates=\"{epoch % 7}\" admin_epoch=\"0\" dc-uuid=\"1\">");
        text.AppendLine("  <configuration>\n    <crm_config><cluster_property_set id=\"cib-bootstrap-options\">");
        text.AppendLine(CultureInfo.InvariantCulture, $"      <nvpair id=\"o-s\" name=\"stonith-enabled\" value=\"{(isNew ? "false" : "true")}\"/>\n    </cluster_property_set></crm_config>");
        text.AppendLine("    <nodes><node id=\"1\" uname=\"oss1.local\"/><node id=\"2\" uname=\"oss2.local\"/></nodes>\n    <resources>");
        foreach (var target in Order(targets, isNew))
            Resource(text, target, isNew);
        text.AppendLine("    </resources>\n    <constraints>");
        foreach (var target in Order(targets, isNew))
            Locations(text, target, isNew);
        return text.Append("    </constraints>\n  </configuration>\n  <status/>\n</cib>\n").ToString();
    }

    private static IEnumerable<int> Order(int targets, bool isNew) => isNew ? Enumerable.Range(0, targets).Reverse() : Enumerable.Range(0, targets);

    private static void Resource(StringBuilder text, int target, bool isNew)
    {
        var (name, mark) = ($"fs-OST{target:x4}_9f{target:x4}", isNew ? "n" : "o");
        text.AppendLine(CultureInfo.InvariantCulture, $"""
                  <primitive class="ocf" id="{name}" provider="lustre" type="Lustre">
                    <instance_attributes id="{name}-instance_attributes-{mark}">
                      <nvpair id="{name}-{mark}-mountpoint" name="mountpoint" value="/mnt/fs-OST{target:x4}"/>
                      <nvpair id="{name}-{mark}-target" name="target" value="/dev/mapper/mpath{(isNew && target == 7 ? "b" : "a")}{target}"/>
                    </instance_attributes>
                    <operations>
                      <op id="{name}-start-interval-0s-{mark}" interval="0s" name="start" timeout="300s"/>
                      <op id="{name}-stop-interval-0s-{mark}" interval="0s" name="stop" timeout="300s"/>
                      <op id="{name}-monitor-interval-20s-{mark}" interval="20s" name="monitor" timeout="300s"/>
                    </operations>
                    <meta_attributes id="{name}-meta_attributes-{mark}">
                      <nvpair id="{name}-{mark}-target-role" name="target-role" value="Started"/>
                    </meta_attributes>
                  </primitive>
            """);
    }

    private static void Locations(StringBuilder text, int target, bool isNew)
    {
        var name = $"fs-OST{target:x4}_9f{target:x4}";
        text.AppendLine(CultureInfo.InvariantCulture, $"      <rsc_location id=\"{name}-primary\" node=\"oss1.local\" rsc=\"{name}\" score=\"20\"/>");
        if (!isNew || target != 3)
            text.AppendLine(CultureInfo.InvariantCulture, $"      <rsc_location id=\"{name}-secondary\" node=\"oss2.local\" rsc=\"{name}\" score=\"10\"/>");
    }
}
