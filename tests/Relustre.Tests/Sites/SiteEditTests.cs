using CsCheck;
using Relustre.Sites;

namespace Relustre.Tests.Sites;

public class SiteEditTests
{
    private static readonly HostEntry Full = new("oss9")
    {
        Address = "fe80::1%eth0",
        User = "backup",
        Port = 2222,
        Sudo = true,
        Identity = "keys/id",
        SshOptions = ["ProxyCommand=nc -x 'a' %h %p"],
        Pair = "oss",
        SshKeys = false,
    };

    public static TheoryData<string> Layouts =>
    [
        "hosts:\n",
        "hosts:",
        "hosts:   # the servers\n# more\nparallel: 3\n",
        "hosts: []\n",
        "hosts: [ ]   # none yet\nparallel: 2",
        "hosts: [{name: a}, {name: b, port: 3}]\n",
        "hosts:\n- name: a\n- name: b\n",
        "hosts:\n- name: a\n- name: b",
        "# top\nhosts:\n    - name: a   # why\n      port: 22\n\n    # about b\n    -   name: b\n# the end\nparallel: 4\n",
        "hosts:\n  - name: a\n    user: |-\n      root\n\nparallel: 4\n",
        "hosts:\r\n  - name: a\r\n  - name: b\r\nparallel: 2\r\n",
        "hosts:\n  -\n    # odd but legal\n    name: a\n  - {name: b}\n\n\n",
        "# 😀 é before\nhosts:\n  - name: a # 😀\n  - name: b\n# 😀\n",
        SiteTemplate.Text(null, null),
        SiteTemplate.Text("/p/q", null),
    ];

    [Theory, MemberData(nameof(Layouts))]
    public void Adding_and_removing_again_gives_the_same_bytes(string text)
    {
        foreach (var host in new[] { new HostEntry("new"), Full })
        {
            var added = SiteEdit.Add(text, host);

            Assert.NotEqual(text, added);
            Assert.Equal(text, SiteEdit.Remove(added, host.Name));
        }
    }

    [Theory, MemberData(nameof(Layouts))]
    public void What_is_added_is_read_back_and_comes_last(string text)
    {
        var before = SiteFileReader.Read(text, "site.yaml").Hosts;

        var hosts = SiteFileReader.Read(SiteEdit.Add(text, Full), "site.yaml").Hosts;

        Assert.Equal(before.Select(host => host.Name).Append("oss9"), hosts.Select(host => host.Name));
        Assert.Equal(Full with { SshOptions = [] }, hosts[^1] with { SshOptions = [] });
        Assert.Equal(Full.SshOptions, hosts[^1].SshOptions);
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Removing_any_server_leaves_the_others_and_every_comment(string text)
    {
        foreach (var host in SiteFileReader.Read(text, "site.yaml").Hosts)
        {
            var left = SiteEdit.Remove(text, host.Name);

            Assert.DoesNotContain(SiteFileReader.Read(left, "site.yaml").Hosts, other => other.Name == host.Name);
            foreach (var comment in text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('#') && !line.Contains("odd")))
                Assert.Contains(comment, left);
        }
    }

    [Fact]
    public void A_file_without_hosts_gets_them_at_its_end()
    {
        Assert.Equal("parallel: 2\nhosts:\n  - name: a\n", SiteEdit.Add("parallel: 2\n", new("a")));
        Assert.Equal("hosts:\n  - name: a\n", SiteEdit.Add("", new("a")));
        Assert.Equal("hosts: \n  - name: a\n", SiteEdit.Add("hosts: ~\n", new("a")));
    }

    [Fact]
    public void Many_servers_come_and_go_in_any_order_without_a_trace() => Gen.Select(
        Gen.Int[0, Layouts.Count - 1], Gen.Int[1, 9999].Array[1, 6].Where(some => some.Distinct().Count() == some.Length), Gen.Int[0, 1000])
        .Sample((layout, names, seed) =>
        {
            var text = Layouts.Select(row => row.Data).ElementAt(layout);
            var edited = names.Aggregate(text, (now, name) => SiteEdit.Add(now, new($"n{name}")));
            foreach (var name in names.OrderBy(name => (name * 7919 + seed) % 101))
                edited = SiteEdit.Remove(edited, $"n{name}");

            Assert.Equal(text, edited);
        }, iter: 300);
}
