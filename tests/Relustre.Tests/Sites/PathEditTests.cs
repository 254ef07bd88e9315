using Relustre.Sites;

namespace Relustre.Tests.Sites;

public class PathEditTests
{
    public static TheoryData<string> Layouts =>
    [
        "",
        "parallel: 2\n",
        "parallel: 2",
        "paths:\n",
        "paths:",
        "paths: ~   # none yet\nparallel: 2\n",
        "paths: []\n",
        "paths: [ /a ]  # one\nparallel: 3",
        "paths: [/a, '/b/*']\n",
        "paths:\n- /a\n- /b\n",
        "paths:\n    - /a   # why\n\n    # about b\n    - '/b/**'\n# the end\nhosts:\n  - name: a\n",
        "paths:\r\n  - /a\r\nparallel: 2\r\n",
        "paths:\n  - /a",
        SiteTemplate.Text(null, null),
    ];

    [Theory, MemberData(nameof(Layouts))]
    public void What_is_added_is_read_back_and_comes_last_and_every_other_line_stays(string text)
    {
        foreach (var path in new[] { "/etc/site/own.conf", "/opt/site/etc/**", "/etc/it's # odd", "/etc/[a-z]: x" })
        {
            var edited = PathEdit.Add(text, path);

            Assert.Equal([.. SiteFileReader.Read(text, "site.yaml").Paths, path], SiteFileReader.Read(edited, "site.yaml").Paths);
            Assert.Equal(SiteFileReader.Read(text, "site.yaml").Hosts.Count, SiteFileReader.Read(edited, "site.yaml").Hosts.Count);
            foreach (var line in text.Split('\n').Where(line => line.Contains('#') && !line.Contains("paths", StringComparison.Ordinal)))
                Assert.Contains(line.TrimEnd(), edited);
        }
    }
}
