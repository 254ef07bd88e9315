namespace Relustre.Tests;

public class PathPatternTests
{
    [Theory]
    [InlineData("/etc/hosts", "/etc/hosts", true)]
    [InlineData("/etc/hosts", "/etc/hosts/below", false)]
    [InlineData("/etc/*", "/etc/a/b", false)]
    [InlineData("/etc/*", "/etc/.hidden", false)]
    [InlineData("/etc/.*", "/etc/.hidden", true)]
    [InlineData("/etc/ssh/ssh_host_*_key", "/etc/ssh/ssh_host_rsa_key", true)]
    [InlineData("/etc/ssh/ssh_host_*_key", "/etc/ssh/ssh_host_rsa_key.pub", false)]
    [InlineData("/etc/rc.d/rc[0-6].d/*", "/etc/rc.d/rc3.d/S10network", true)]
    [InlineData("/etc/rc.d/rc[!0-2].d/*", "/etc/rc.d/rc1.d/K01x", false)]
    [InlineData("/etc/a?c/**", "/etc/abc", true)]
    [InlineData("/etc/a?c/**", "/etc/abc/x/.y", true)]
    [InlineData("/etc/a?c/**", "/etc/abcd/x", false)]
    [InlineData("/etc/[", "/etc/[", true)]
    [InlineData("/etc/a*b*c", "/etc/aXbYbZc", true)]
    [InlineData("/etc/a*b*c", "/etc/aXbYbZ", false)]
    [InlineData("/etc/back\\slash", "/etc/back\\slash", true)]
    public void A_pattern_matches_as_the_shell_does(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PathPattern.Matches(new Source.Files(pattern), path));

    [Fact]
    public void What_is_left_out_of_a_folder_may_lie_at_any_depth()
    {
        var source = new Source.Files("/etc/firewalld/**") { Except = ["*.old"] };

        Assert.True(PathPattern.Matches(source, "/etc/firewalld/zones/public.xml"));
        Assert.False(PathPattern.Matches(source, "/etc/firewalld/zones/public.xml.old"));
    }
}
