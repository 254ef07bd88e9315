using CsCheck;
using Relustre.Sites;

namespace Relustre.Tests.Sites;

public class SiteFileTests
{
    private const string Whole = """
        vault: /srv/vault            # a comment
        password-command: pass show 'relustre/vault'
        defaults:
          user: backup
          sudo: true
          ssh-options: [ConnectTimeout=10]
        hosts:
          - name: mds1
            address: 10.10.0.11
            port: 2222
          - {name: oss1, user: root, sudo: false, ssh-keys: false, ssh-options: ["ProxyJump=gate"]}
          - name: image1
            root: /srv/images/oss
        pairs:
          mds: [mds1, oss1]
        paths: [/opt/site/etc/**, /etc/motd]
        parallel: 4
        limits:
          file-size: 16M
          minutes: 5
        host-keys: strict
        known-hosts: keys/known_hosts
        """;

    [Fact]
    public void Every_key_says_what_it_says()
    {
        var site = SiteFileReader.Read(Whole, "site.yaml");

        Assert.Equal(("/srv/vault", "pass show 'relustre/vault'", null), (site.Vault, site.PasswordCommand, site.PasswordFile));
        Assert.Equal((4, HostKeyPolicy.Strict, "keys/known_hosts"), (site.Parallel, site.HostKeys, site.KnownHosts));
        Assert.Equal((16L << 20, 5, null), (site.Limits.FileSize, site.Limits.Minutes, site.Limits.Files));
        Assert.Equal(["/opt/site/etc/**", "/etc/motd"], site.Paths);
        Assert.Equal(["mds1", "oss1", "image1"], site.Hosts.Select(host => host.Name));
    }

    [Fact]
    public void A_server_has_the_defaults_unless_its_own_entry_says_otherwise()
    {
        var hosts = SiteFileReader.Read(Whole, "site.yaml").Hosts;

        Assert.Equal(("backup", true, 2222, "10.10.0.11", "mds", true),
            (hosts[0].User, hosts[0].Sudo, hosts[0].Port, hosts[0].Address, hosts[0].Pair, hosts[0].SshKeys));
        Assert.Equal(("root", false, null, "mds", false),
            (hosts[1].User, hosts[1].Sudo, hosts[1].Port, hosts[1].Pair, hosts[1].SshKeys));
        Assert.Equal(["ConnectTimeout=10", "ProxyJump=gate"], hosts[1].SshOptions);
        Assert.Equal(("/srv/images/oss", null), (hosts[2].Root, hosts[2].Pair));
    }

    [Theory]
    [InlineData("valt: x", 1, 1, "unknown key 'valt'; did you mean 'vault'?")]
    [InlineData("hosts:\n  - name: mds1\n    adress: x", 3, 5, "unknown key 'adress'; did you mean 'address'?")]
    [InlineData("hosts:\n  - address: a", 2, 5, "a server without a name")]
    [InlineData("hosts:\n  - name: mds1\n  - name: mds1", 3, 5, "'mds1' is in the list already, in line 2")]
    [InlineData("hosts:\n  - name: a\n    port: 70000", 3, 11, "port: '70000' is not a number from 1 to 65535")]
    [InlineData("hosts:\n  - name: a\n    port: ssh", 3, 11, "port: 'ssh' is not a number from 1 to 65535")]
    [InlineData("hosts:\n  - name: a\n    sudo: yes", 3, 11, "sudo: 'yes' is neither true nor false")]
    [InlineData("hosts:\n  - name: a\n    root: srv/x", 3, 11, "root: 'srv/x' is a relative path; it must start with '/'")]
    [InlineData("hosts:\n  - name: a\n    root: /srv/../etc", 3, 11, "root: '/srv/../etc' has '..' in it; write the path out")]
    [InlineData("hosts:\n  - name: -oProxyCommand=x", 2, 11, "name: '-oProxyCommand=x' is no server name")]
    [InlineData("hosts:\n  - name: a\n    address: -oX", 3, 14, "address: '-oX' is neither a host name nor an IP address")]
    [InlineData("hosts:\n  - name: a\n    user: [x]", 3, 11, "user: one value is wanted, this is a list")]
    [InlineData("hosts:\n  - mds1", 2, 5, "a server is a mapping ('- name: mds1'), this is a text")]
    [InlineData("hosts: mds1", 1, 8, "hosts: a list of servers is wanted ('- ' before each), this is a text")]
    [InlineData("hosts:\n\t- name: a", 2, 1, "a tab in the indentation; YAML wants spaces")]
    [InlineData("paths:\n  - etc/motd", 2, 5, "paths: 'etc/motd' is a relative path; it must start with '/'")]
    [InlineData("paths:\n  - /etc/x/", 2, 5, "paths: '/etc/x/' ends in '/'; '/etc/x/**' is the folder with all below it, '/etc/x' the folder alone")]
    [InlineData("paths:\n  - /etc//x", 2, 5, "paths: '/etc//x' has '//' in it; write '/'")]
    [InlineData("paths:\n  - /etc/./x", 2, 5, "paths: '/etc/./x' has '.' in it; write the path out")]
    [InlineData("paths:\n  - /etc/**/x", 2, 5, "paths: '/etc/**/x': '**' stands for all below a folder, at the end of a path ('/etc/x/**'); for any text within a name write '*'")]
    [InlineData("paths:\n  - /etc/x**", 2, 5, "paths: '/etc/x**': '**' stands for all below a folder, at the end of a path")]
    [InlineData("paths:\n  - /etc/x/**/", 2, 5, "paths: '/etc/x/**/' ends in '/'; write '/etc/x/**'")]
    [InlineData("paths:\n  - /etc//**", 2, 5, "paths: '/etc//**' has '//' in it; write '/'")]
    [InlineData("paths:\n  - //", 2, 5, "paths: '//' has '//' in it; write '/'")]
    [InlineData("paths:\n  - '/srv/[^x]*'", 2, 5, "paths: '/srv/[^x]*': a set is written like '[ab]', '[a-z]' or '[!ab]', of ASCII characters, and not like '[^x]'")]
    [InlineData("paths:\n  - '/srv/[!]x]*'", 2, 5, "paths: '/srv/[!]x]*': a set is written like '[ab]', '[a-z]' or '[!ab]', of ASCII characters, and not like '[!]x]'")]
    [InlineData("paths:\n  - '/srv/[[:alpha:]]*'", 2, 5, "paths: '/srv/[[:alpha:]]*': a set is written like '[ab]', '[a-z]' or '[!ab]', of ASCII characters, and not like '[[:alpha:]'")]
    [InlineData("paths:\n  - '/srv/[aé]'", 2, 5, "paths: '/srv/[aé]': a set is written like '[ab]', '[a-z]' or '[!ab]', of ASCII characters, and not like '[aé]'")]
    [InlineData("paths:\n  - /root/.?", 2, 5, "paths: '/root/.?': '.?' may stand for '.' or '..'; '.*' stands for all hidden names, and for neither of them")]
    [InlineData("paths:\n  - /**", 2, 5, "paths: '/**' is the whole server; name the folders that matter")]
    [InlineData("parallel: 0", 1, 11, "parallel: '0' is not a number from 1 to 256")]
    [InlineData("parallel: 1\nparallel: 2", 2, 1, "'parallel' is given twice")]
    [InlineData("host-keys: srtict", 1, 12, "host-keys: 'srtict' is none of accept-new, strict; did you mean 'strict'?")]
    [InlineData("limits: { silence: 2 }", 1, 20, "silence: '2' is not a number from 5 to 86400")]
    [InlineData("limits:\n  silense: 60", 2, 3, "unknown key 'silense'; did you mean 'silence'?")]
    [InlineData("limits:\n  listing-size: big", 2, 17, "listing-size: 'big' is not a size such as 500K, 64M or 1G")]
    [InlineData("limits:\n  file-size: 3T", 2, 14, "file-size: '3T' is not a size such as 500K, 64M or 1G")]
    [InlineData("pairs:\n  mds: [mds1]", 2, 9, "pairs: there is no server 'mds1'")]
    [InlineData("hosts: [{name: a, pair: x}]\npairs:\n  y: [a]", 3, 7, "pairs: 'a' is in 'x' already")]
    [InlineData("password-file: a\npassword-command: b", 1, 16, "both password-file and password-command; keep one")]
    [InlineData("- a", 1, 1, "a site is a mapping")]
    [InlineData("a: *b", 1, 4, "an alias ('*')")]
    [InlineData("vault: &a x", 1, 8, "an anchor ('&')")]
    [InlineData("vault: a\n---\nvault: b", 2, 1, "a second document")]
    [InlineData("hosts: [", 2, 1, "this is no YAML")]
    [InlineData("vault: 'a", 1, 8, "this is no YAML")]
    public void A_mistake_is_named_with_its_line_and_column(string text, int line, int column, string message)
    {
        var problem = Assert.Single(Problems(text));

        Assert.StartsWith(message, problem.Message);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file_with_the_next_step()
    {
        var thrown = Assert.Throws<SiteFileException>(() =>
            SiteFileReader.Read("paralel: 3\nhosts:\n  - name: a\n    port: 0\n  - name: a\nvault: [x]", "/s/site.yaml"));

        Assert.Equal(
            """
            /s/site.yaml:1:1: unknown key 'paralel'; did you mean 'parallel'?
            /s/site.yaml:4:11: port: '0' is not a number from 1 to 65535
            /s/site.yaml:5:5: 'a' is in the list already, in line 3
            /s/site.yaml:6:8: vault: one value is wanted, this is a list
            Correct /s/site.yaml and run the command again; docs/site.md explains every key
            """, thrown.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("hosts:\nvault:\n")]
    public void Nothing_said_is_a_site_with_every_default(string text) =>
        Assert.Equal(("vault", 0, 16), SiteFileReader.Read(text, "site.yaml") is var site ? (site.Vault, site.Hosts.Count, site.Parallel) : default);

    [Fact]
    public void Deep_nesting_is_refused_at_once() =>
        Assert.Contains("nested deeper", Assert.Single(Problems("hosts: " + new string('[', 200_000))).Message);

    [Fact]
    public void A_bomb_of_aliases_does_not_go_off()
    {
        var bomb = "a: &a [x,x,x]\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"b{i}: &b{i} [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"));

        Assert.Contains("an anchor", Assert.Single(Problems(bomb)).Message);
    }

    [Fact]
    public void Enormous_and_binary_texts_are_no_sites()
    {
        Assert.Contains("longer than 4 MiB", Assert.Single(Problems(new string('#', 5 << 20))).Message);
        Assert.Contains("NUL", Assert.Single(Problems("vault: a\0b")).Message);
    }

    [Fact]
    public void Five_thousand_servers_are_read()
    {
        var text = "hosts:\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"  - name: oss{i}\n    address: 10.0.0.{i % 250}\n"));

        Assert.Equal(5000, SiteFileReader.Read(text, "site.yaml").Hosts.Count);
    }

    [Fact]
    public void No_text_is_too_broken_to_be_answered() => Gen.OneOf(Gen.String[0, 60], Mutated).Sample(text =>
    {
        try
        {
            SiteFileReader.Read(text, "site.yaml");
        }
        catch (SiteFileException problems)
        {
            Assert.All(problems.Problems, problem => Assert.True(problem is { Line: > 0, Column: > 0, Message.Length: > 0 }));
        }
    }, iter: 2000);

    private static Gen<string> Mutated => Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char[":-[]{}#&*!|>'\"%@`\t\n \u0000ax1"], 0, 6])
        .Select((at, cut, put) => Whole.Remove(at, Math.Min(cut, Whole.Length - at)).Insert(at, put));

    private static IReadOnlyList<SiteProblem> Problems(string text) =>
        Assert.Throws<SiteFileException>(() => SiteFileReader.Read(text, "site.yaml")).Problems;
}
