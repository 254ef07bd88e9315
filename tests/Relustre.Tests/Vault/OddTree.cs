namespace Relustre.Tests.Vault;

/// <summary>A folder with one of everything that a server may hold; made as root.</summary>
internal static class OddTree
{
    private const string Script = """
        umask 022; mkdir -p T/etc/deep/er T/etc/empty T/etc/many; cd T/etc
        printf 'hello\n' >plain; : >nothing; printf 'secret' >shadow; chmod 0000 shadow
        printf 'x' >suid; chmod 4755 suid; printf 'y' >sgid; chmod 2755 sgid; chmod 1777 empty; chmod 2775 deep
        printf 'z' >foreign; chown 12345:54321 foreign
        ln plain deep/hard; ln plain deep/er/harder
        ln -s plain link; ln -s nowhere/at/all dangling; ln -s "$(printf 'tgt\"\\\001<>&')" oddlink
        mkfifo pipe; mknod null c 1 3; mknod disk b 259 65; mknod high c 300 70000
        head -c 9000000 /dev/urandom >big; truncate -s 3M sparse; printf 'end' >>sparse
        for n in $(seq 300); do echo "$n" >"many/file-$n"; done
        for name in 'a"b' 'a\b' $'tab\t' $'bel\a' $'vt\v' $'bs\bff\f' $'new\nline' $'del\177' $'nul-ish\001' $'latin\xe9' $'\xff\xfe' \
            $'surr\xed\xa0\x80' $'over\xc0\xaf' $'trunc\xe2\x82' $'\xef\xbf\xbd' $'nbsp\xc2\xa0x' $'softhy\xc2\xadphen' $'\xe2\x80\x8b' \
            $'\xe2\x80\xa8' $'\xef\xbb\xbf' $'\xee\x80\x80' $'\xe2\x80\xae' $'\xc3\xa9' $'\xe4\xb8\xad' $'\xf0\x9f\x98\x80' \
            $'\xf0\x90\x80\x80' $'e\xcc\x81' 'a<b>&c' '-rf' ' lead' 'trail ' '*?[' '$(id)' 'a.b' 'a-b' 'a'; do
            printf '%s' "$name" >"./$name"
        done
        long=$(printf 'n%.0s' $(seq 255)); echo long >"$long"
        setfattr -n user.test -v 0x000176616c plain; setfattr -n user.empty plain; setfattr -n user.b -v 2 deep
        setfattr -n trusted.lov -v 0x01 foreign
        setfacl -m u:12345:r,g:54321:rw plain; setfacl -d -m u:12345:rx deep; setcap cap_net_raw+ep suid
        touch -d '1970-01-01 00:00:00.000000001' 'a.b'; touch -d '1969-12-31 23:59:55.000000007' 'a-b'
        touch -d '2001-09-09 01:46:40.12' shadow; touch -d '2250-01-01 00:00:00.5' foreign; touch -h -d '2010-01-01' link
        touch -d '2011-11-11 11:11:11.111111111' many empty deep/er; touch -d '2012-12-12' deep
        """;

    // Everything that must survive: type, mode, owners, size, links, time, target, name; contents; extended attributes.
    private const string Listing = """
        cd "$1"; find . ! -type d -printf '%y %m %U %G %s %n %T@ %l %P\0' -o -printf '%y %m %U %G %T@ %P\0' | sort -z | tr '\0' '\n'
        find . -type f -print0 | sort -z | xargs -0 sha256sum; find . ! -type l -print0 | sort -z | xargs -0 getfattr -e hex -d -m - -- 2>&1
        find . \( -type b -o -type c \) -print0 | sort -z | xargs -0r stat -c '%n %t %T'
        """;

    public static async Task MakeAsync(string folder) =>
        (await Shell.BashAsync(folder, Script.Replace("T/etc", "tree/etc", StringComparison.Ordinal))).Succeed();

    public static async Task<string> ListAsync(string folder) =>
        System.Text.Encoding.Latin1.GetString((await Shell.BashAsync(folder, Listing.Replace("$1", folder, StringComparison.Ordinal))).Succeed().Output);
}
