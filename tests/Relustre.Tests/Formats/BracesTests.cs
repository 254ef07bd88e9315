namespace Relustre.Tests.Formats;

public class BracesTests
{
    [Fact]
    public void Comments_and_indentation_are_no_settings()
    {
        var tidy = Format.Braces.Read("totem {\n  token: 17000\n}\n");
        var untidy = Format.Braces.Read("# edited by hand\n! and again\ntotem {\r\n\ttoken:   17000  \r\n\r\n}\r\n");

        Assert.Equal(tidy, untidy);
        Assert.Equal([new("totem.token", "17000")], tidy);
    }

    [Fact]
    public void A_brace_in_quotes_and_a_comment_after_a_value_are_read_as_multipath_does() =>
        Assert.Equal(
            [new("blacklist.devnode", "^sd[a-z]{1}"), new("blacklist.devnode#2", "^hd"), new("blacklist.wwid", "*")],
            Format.Braces.Read("blacklist {\n devnode \"^sd[a-z]{1}\" # disks\n devnode ^hd ! more\n wwid \"*\"\n}"));

    [Fact]
    public void A_value_of_corosync_may_hold_any_sign() =>
        Assert.Equal([new("logging.logfile", "/var/log/a#b c.log")], Format.Braces.Read("logging {\n logfile: /var/log/a#b c.log\n}"));

    [Fact]
    public void A_section_that_is_never_closed_is_read_to_the_end() =>
        Assert.Equal([new("a.b.c", "1"), new("a.b.d", "2")], Format.Braces.Read("a {\nb {\nc: 1\nd: 2"));
}
