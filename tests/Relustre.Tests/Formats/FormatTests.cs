namespace Relustre.Tests.Formats;

public class FormatTests
{
    [Fact]
    public void Assignments_are_read_as_the_shell_reads_them() => Assert.Equal(
        ["A=1", "B=two words", "C=it's", "D=4096 87380", "E=", "net.ipv4.ip_forward=0", "add_drivers= mpt2sas ", "G=one  two"],
        Read(Format.Assignments, """
            A=1   # the first
            export B="two words" # and this
            C="it's"
            D = 4096 87380
            E=
            not an assignment
            net.ipv4.ip_forward = 0
            add_drivers+=" mpt2sas "
            if [ "$A" = 1 ]; then
            G="one \
            two"
            """));

    [Fact]
    public void A_section_is_part_of_the_key_and_a_key_given_twice_stays_two() => Assert.Equal(
        ["before=0", "base.baseurl=http://a/", "base.baseurl=http://b/?x=1", "base.gpgcheck=1", "Service.ExecStart=", "Service.ExecStart=/bin/a", "odd.flag="],
        Read(Format.Sections, """
            before = 0
            [base]
            baseurl=http://a/
                http://b/?x=1
             gpgcheck = 1
            # a comment
            [Service]
            ExecStart=
            ExecStart=/bin/a
            [odd]
            flag
            """));

    [Fact]
    public void A_line_is_its_first_word_and_the_rest_however_it_is_aligned() => Assert.Equal(
        ["10.0.0.1=mds1 mds1.example", "hosts=files dns", "#includedir=/etc/sudoers.d", "server=adm iburst"],
        Read(Format.Lines, "10.0.0.1\tmds1   mds1.example\r\nhosts:   files dns\n#includedir /etc/sudoers.d\nserver adm iburst # IML_EDITv1 server 0\n"));

    [Fact]
    public void What_looks_like_a_hash_is_never_a_key() => Assert.Equal(
        ["root=x:0", "(no name)=0:99999"],
        Read(Format.Colons, "root:x:0\n$6$salt$hash:0:99999\n"));

    [Fact]
    public void A_hash_right_in_passwd_is_a_secret() =>
        Assert.Equal([false, true, false], Format.Colons.Read("root:x:0:0\nold:$1$abc:501:501\nlocked:*:1:1\n").Select(setting => setting.IsSecret));

    [Fact]
    public void A_match_block_holds_until_the_next_one() => Assert.Equal(
        ["port=22", "port=2222", "match Address 10.0.0.0/8.passwordauthentication=yes", "match User root.x11forwarding=no"],
        Read(Format.SshOptions, "Port 22\nport=2222\nMatch Address 10.0.0.0/8\n  PasswordAuthentication yes\nMatch User root\n\tX11Forwarding  no\n"));

    [Fact]
    public void A_mount_point_is_what_fstab_is_about() => Assert.Equal(
        ["/boot=UUID=1 xfs defaults 0 0", "/dev/sda2=swap swap defaults"],
        Read(Format.Fstab, "UUID=1 /boot xfs defaults 0 0\n/dev/sda2 swap swap defaults\nbroken\n"));

    [Fact]
    public void A_password_among_the_mount_options_is_a_secret() =>
        Assert.True(Format.Fstab.Read("//nas/x /x cifs user=a,password=b 0 0\n").Single().IsSecret);

    [Fact]
    public void A_job_is_its_program_and_what_it_is_given_stays_out_of_the_key() => Assert.Equal(
        ["MAILTO=root", "pg_dump=@daily postgres PGPASSWORD=x pg_dump all", "run=*/5 1 * * * root run it"],
        Read(Format.Crontab, "MAILTO=root\n@daily postgres PGPASSWORD=x pg_dump all\n*/5  1 * * *  root run it\n"));

    [Fact]
    public void Services_of_xinetd_are_told_from_those_with_runlevels() => Assert.Equal(
        ["network=2345", "corosync=off", "xinetd rsync=on"],
        Read(Format.Chkconfig, """
            network        	0:off	1:off	2:on	3:on	4:on	5:on	6:off
            corosync       	0:off	1:off	2:off	3:off	4:off	5:off	6:off

            xinetd based services:
            	rsync:         	on
            """));

    [Theory]
    [InlineData("proxy_password", true)]
    [InlineData("bindpw", true)]
    [InlineData("ldap_default_authtok", true)]
    [InlineData("USEPASSWDQC", false)]
    [InlineData("PASSWDALGORITHM", false)]
    public void A_key_is_a_secrets_by_its_name(string key, bool isSecret) =>
        Assert.Equal(isSecret, Format.Assignments.Read($"{key}=yes\n").Single().IsSecret);

    [Theory]
    [InlineData("https://user:pw@host/a", "https://host/a")]
    [InlineData("https://us:er:p/w@host/a", "https://host/a")]
    [InlineData("https://host:443/lustre@2.15", "https://host:443/lustre@2.15")]
    [InlineData("http://[::1]:80/a", "http://[::1]:80/a")]
    [InlineData("torn@host ldap://b", "host ldap://b")]
    [InlineData("", "")]
    [InlineData("@", "")]
    public void An_address_is_shown_without_its_user(string address, string shown) =>
        Assert.Equal(shown, SecretText.WithoutUserInfo(address));

    [Fact]
    public void The_order_of_a_groups_members_says_nothing() =>
        Assert.Equal(Read(Format.Groups, "disk:x:6:root,backup\n"), Read(Format.Groups, "disk:x:6:backup, root\n"));

    [Fact]
    public void A_users_number_in_sudoers_is_no_comment() => Assert.Equal(
        ["User_Alias OPS=alice, bob", "#1000=ALL=(ALL) ALL", "#includedir=/etc/sudoers.d", "%wheel=ALL=(ALL) NOPASSWD: ALL"],
        Read(Format.Sudoers, "# a note\nUser_Alias OPS = alice, \\\n  bob\n#1000 ALL=(ALL) ALL\n#includedir /etc/sudoers.d\n%wheel  ALL=(ALL)\tNOPASSWD: ALL # all of them\n"));

    [Fact]
    public void Counters_of_a_firewall_say_nothing() => Assert.Equal(
        Read(Format.FirewallRules, "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport 988 -j ACCEPT\nCOMMIT\n"),
        Read(Format.FirewallRules, "# at noon\n*filter\n:INPUT ACCEPT [12:3456]\n[7:99] -A INPUT -p tcp  --dport 988 -j ACCEPT\nCOMMIT\n"));

    [Fact]
    public void Elements_of_a_set_have_no_order_and_rules_of_a_chain_have() => Assert.Equal(
        ["table inet f.set s=type ipv4_addr", "table inet f.set s.elements=10.0.0.1 10.0.0.2 { }", "table inet f.chain input=tcp dport { 22, 988 } accept", "table inet f.chain input=drop"],
        Read(Format.NftRules, "table inet f {\n\tset s {\n\t\ttype ipv4_addr\n\t\telements = { 10.0.0.2,\n\t\t\t10.0.0.1 }\n\t}\n\tchain input {\n\t\ttcp dport { 22, 988 } accept\n\t\tdrop\n\t}\n}\n"));

    [Fact]
    public void A_disk_goes_by_what_is_printed_on_it_and_not_by_the_kernels_number() => Assert.Equal(
        Read(Format.BlockDevices, "NAME=\"sda\" TYPE=\"disk\" SIZE=\"1\" SERIAL=\"S1\" WWN=\"0x1\"\n"),
        Read(Format.BlockDevices, "NAME=\"sdq\" KNAME=\"sdq\" TYPE=\"disk\" SIZE=\"1\" SERIAL=\"S1\" WWN=\"0x1\"\n"));

    [Fact]
    public void A_link_points_to_the_firmest_name_of_its_device() => Assert.Equal(
        Read(Format.DeviceLinks, "/dev/disk/by-label/MGS ../../dm-2\n/dev/disk/by-id/dm-uuid-mpath-36 ../../dm-2\n"),
        Read(Format.DeviceLinks, "/dev/disk/by-label/MGS ../../dm-9\n/dev/disk/by-id/dm-uuid-mpath-36 ../../dm-9\n"));

    [Fact]
    public void A_list_in_brackets_goes_on_until_it_is_closed() => Assert.Equal(
        ["devices.global_filter=[ \"r|/dev/mapper/mpath.*|\", \"a|.*|\" ]", "vg.pv0.id=\"a#b\""],
        Read(Format.Nested, "# of LVM\ndevices {\n  global_filter = [ \"r|/dev/mapper/mpath.*|\",\n    \"a|.*|\" ] # both\n}\nvg { pv0 {\n id = \"a#b\"\n} }\n"));

    [Fact]
    public void What_maps_are_made_of_is_told_and_not_which_path_is_in_use() => Assert.Equal(
        ["a wwid=36", "a product=DDN,SFA", "a size=2.0T", "a paths active ready running=2"],
        Read(Format.MultipathMaps, "a (36) dm-3 DDN,SFA\nsize=2.0T prio=50\n`-+- policy='service-time 0' prio=50 status=active\n  |- 1:0:0:1 sdb 8:16 active ready running\n  `- 2:0:0:1 sdc 8:32 active ready running\n"));

    private static IEnumerable<string> Read(Format format, string text) => format.Read(text).Select(setting => $"{setting.Key}={setting.Value}");
}
