using Relustre.Audit;
using Relustre.Tests.Reports;

namespace Relustre.Tests.Laws;

/// <summary>Lines with a secret as people write them, in a file that is public and in whatever format: no finding tells them, and no text does.</summary>
public class SecretLineLaws
{
    private const string Secret = "S3CRET1";

    private static readonly string[] Lines =
    [
        $"password {Secret}",
        $"password={Secret}",
        $"Password: {Secret}",
        $"password2 = {Secret}",
        $"bindpw {Secret}",
        $"crypto pw {Secret}",
        $"crypto pw {Secret} randfile /dev/urandom",
        $"rocommunity {Secret}",
        $"rocommunity6 {Secret} 10.0.0.0/8",
        $"com2sec local default {Secret}",
        $"createUser bob MD5 \"{Secret}\" DES",
        $"*.* >db,syslog,writer,{Secret}",
        $"*.* :ommysql:db,syslog,writer,{Secret}",
        $"action(type=\"ommysql\" server=\"db\" uid=\"writer\" pwd=\"{Secret}\")",
        $"action(type=\"omsnmp\" community = \"{Secret}\")",
        $"$actionsnmpcommunity {Secret}",
        $"0 1 * * * root ipmitool -I lanplus -U admin -P {Secret} chassis status",
        $"@daily root mysqldump -uroot -p{Secret} all",
        $"5 4 * * * root curl -s -u admin:{Secret} https://pdu/off",
        $"5 4 * * * root wget --http-password {Secret} https://pdu/off",
        $"5 4 * * * root snmpget -v2c -c {Secret} pdu",
        $"5 4 * * * root ldapsearch -x -w {Secret}",
        $"5 4 * * * root PGPASSWORD={Secret} pg_dump all",
        $"deb https://user:{Secret}@mirror/debian stable main",
        $"//nas/x /x cifs user=a,password={Secret} 0 0",
        $"/x -fstype=cifs,username=a,password2={Secret} ://nas/x",
        $"key: {Secret}",
        $"totem.key (str) = {Secret}",
        $"nodelist.password (str) = {Secret}",
        $"auth_pass {Secret}",
        $"secret \"{Secret}\";",
        $"key rndc {{ algorithm hmac-md5; secret {Secret}; }}",
        $"wpa-psk {Secret}",
        $"root:$6$salt${Secret}hash:19000:0:99999:7:::",
        $"rootpw --iscrypted $6$salt${Secret}",
        $"SetCredential=db:{Secret}",
        $"options bmc password={Secret}",
        $"root=/dev/sda1 netroot=iscsi:user:{Secret}@10.0.0.9::::iqn vncpassword={Secret}",
        $"<device name='pdu' login='admin' passwd='{Secret}'/>",
        $"{{\"password\": \"{Secret}\"}}",
        $"# password {Secret}",
    ];

    public static TheoryData<string> Formats => new(OneFile.Formats.Keys);

    [Theory, MemberData(nameof(Formats))]
    public void No_format_lets_one_be_seen(string format)
    {
        var component = OneFile.In(format);

        // Changed, gone, come, moved, and where a byte is lost or another one.
        var leaks = from line in Lines
                    where !IsQuestion(format, line)
                    from found in (string[])["", "a 1\n", line.Replace('1', '2') + "\n", $"b 2\n{line}\na 1\n", $"a 1\n{line[1..]}\n", $"a 1\nz{line}\n", $"a 1\n{line[..^1]}"]
                    let wanted = $"a 1\n{line}\nb 2\n"
                    where Tells(component, wanted, found) || Tells(component, found, wanted)
                    select (line, found);

        Assert.Empty(leaks);
    }

    [Fact]
    public void A_word_that_is_no_secret_is_shown() => Assert.All(
        (string[])["server adm iburst", "PASS_MAX_DAYS 99999", "keys /etc/ntp/keys", "driftfile /var/lib/ntp/drift", "enable-cache passwd yes"],
        line => Assert.DoesNotContain(new OneFile(Format.Lines).Read(OneFile.State(line)), setting => setting.IsSecret));

    [Theory]
    [InlineData("PamRules", "password requisite pam_pwquality.so retry=3")]
    [InlineData("Databases", "passwd: files sss")]
    [InlineData("Assignments", "PasswordAuthentication=no")]
    [InlineData("Sudoers", "alice ALL=(root) /usr/bin/passwd bob")]
    [InlineData("Items", "passwd")]
    [InlineData("Lines", "passwd.x86_64 0:0.79-4.el7")]
    [InlineData("Lines", "c105b9de-4e0fd3a3 gpg(A Signing Key (of passports) <k@x>)")]
    public void What_is_only_called_like_one_is_shown(string format, string line)
    {
        Assert.DoesNotContain(OneFile.In(format).Read(OneFile.State(line)), setting => setting.IsSecret);
        Assert.Contains("pass", ShownText.Of(OneFile.In(format), OneFile.State(line)), StringComparison.OrdinalIgnoreCase);
    }

    private static bool Tells(OneFile component, string wanted, string found)
    {
        IReadOnlyList<Finding> findings = [.. component.Compare(wanted, found).Select(difference => Finding.Of("mds1", difference))];
        var text = TextChanges.Between(new ChangedText("one", OneFile.Path), component, OneFile.State(wanted), OneFile.State(found));
        var server = SampleAudit.Server("mds1", findings) with { Texts = text is null ? [] : [text] };

        return SampleAudit.Formats(SampleAudit.Of(server)).Any(report => report.Text.Contains("S3CRET", StringComparison.Ordinal));
    }

    // In PAM's files a line that begins so asks for a password and holds none; the CIB tells a secret by its agent, and reads no such lines.
    private static bool IsQuestion(string format, string line) => format is "PamRules" && line.StartsWith("password", StringComparison.Ordinal);
}
