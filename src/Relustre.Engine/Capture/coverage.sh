#!/bin/sh
# Relustre's question after what is in use on this server: which files stand where configuration stands, which of them a
# package brought and with what content, what enabled units run, what is mounted. It changes nothing and writes no file.
# Each line of its answer is a word and its fields with tabs between them; the last one is `end`. docs/history.md tells more.
#
# What stands in single quotes is awk's.
# shellcheck disable=SC2016

LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
IFS=' 	
'
# $1 is the folder of a file tree to look at in place of the running server.
root=${1-}
export LC_ALL PATH
unset ENV CDPATH POSIXLY_CORRECT
exec 2>/dev/null

limited() { timeout -s KILL 120 "$@"; }

# Names of files and links, and how they begin: ./etc/fstab
places() {
    limited find ./etc ./usr/local/etc ./usr/local/sbin ./usr/local/bin ./opt/*/etc ./var/spool/cron -xdev '(' -type f -o -type l ')' "$@"
}

# Somebody's home may hold anything; what configures programs lies near its top.
home() { limited find ./root -xdev -maxdepth 3 '(' -type f -o -type l ')' -printf '%y\t%p\n'; }

# What packages brought: digest, package, path. A digest is missing where it means nothing.
owned_by_rpm() {
    command -v rpm >/dev/null || return 0
    [ -e ./var/lib/rpm/Packages ] || [ -e ./var/lib/rpm/rpmdb.sqlite ] || [ -e ./usr/lib/sysimage/rpm/rpmdb.sqlite ] || return 0
    if [ -n "$root" ]; then set -- --root "$PWD"; else set --; fi
    limited rpm "$@" -qa --qf '[%{FILEDIGESTS}\t%{=NAME}\t%{FILENAMES}\n]'
}

owned_by_dpkg() {
    [ -e ./var/lib/dpkg/status ] || return 0
    awk '/^Package: / { package = $2; inside = 0 }
        /^Conffiles:/ { inside = 1; next }
        /^[^ ]/ { inside = 0 }
        inside && NF >= 2 { print $2 "\t" package "\t" $1 }' ./var/lib/dpkg/status
    # Each package has a list of its files.
    limited find ./var/lib/dpkg/info -name '*.list' -exec awk 'FNR == 1 { package = FILENAME; sub(/^.*\//, "", package); sub(/(:[a-z0-9]+)?\.list$/, "", package) }
        { print "\t" package "\t" $0 }' '{}' +
}

# Of every enabled unit the files that it is made of and the programs that it starts, never their arguments.
units() {
    [ -z "$root" ] && command -v systemctl >/dev/null || return 0
    # shellcheck disable=SC2046 # names of units have no spaces
    set -- $(limited systemctl list-unit-files --no-legend --no-pager --full | awk '$2 == "enabled" && $1 !~ /@\./ { print $1 }' | head -n 400)
    [ $# -gt 0 ] || return 0
    limited systemctl show --no-pager -p Id -p FragmentPath -p EnvironmentFile -p EnvironmentFiles -p ExecStart "$@" | awk '
        function tell(at) { for (at = 1; at <= count; at++) print "unit\t" id "\t" path[at]; count = 0; id = "" }
        /^$/ { tell(0); next }
        /^Id=/ { id = substr($0, 4); next }
        /^FragmentPath=\// { path[++count] = substr($0, 14); next }
        /^EnvironmentFiles?=-?\// { sub(/^[^=]*=-?/, ""); sub(/ \(ignore_errors=.*$/, ""); path[++count] = $0; next }
        /^ExecStart=. path=\// { sub(/^ExecStart=. path=/, ""); sub(/ ;.*$/, ""); path[++count] = $0 }
        END { tell(0) }'
}

# Of all that packages brought, what stands in the places above and what a unit names; some systems have /bin within /usr.
owned() {
    {
        printf '%s\n//\n' "$unit_lines"
        owned_by_rpm
        owned_by_dpkg
    } | awk -F '\t' '
        !listing && $1 == "//" { listing = 1; next }
        !listing { wanted[$3]; wanted["/usr" $3]; if ($3 ~ /^\/usr\//) wanted[substr($3, 5)]; next }
        $3 ~ /^\/(etc|usr\/local|opt|root|var\/spool\/cron)\// || $3 in wanted { print "owned\t" $1 "\t" $2 "\t" $3 }'
}

mounts() {
    [ -n "$root" ] || awk '{ print "mount\t" $2 "\t" $3 }' /proc/mounts
    awk '$1 !~ /^#/ && NF >= 2 { print "planned\t" $2 }' ./etc/fstab
    sed -n 's/^Where=/planned	/p' ./etc/systemd/system/*.mount
}

sums() {
    for tool in sha256sum md5sum; do
        command -v "$tool" >/dev/null && places -type f -size -8192k -print0 | xargs -0 -r "$tool" | sed 's/^/sum	/'
    done
}

printf 'relustre coverage 1\n' || exit
cd "${root:-/}" || {
    printf 'error\tthe root folder cannot be entered\n'
    exit 1
}
printf 'user\t%s\n' "$(id -u)"
places -printf '%y\t%p\n'
home
unit_lines=$(units)
[ -z "$unit_lines" ] || printf '%s\n' "$unit_lines"
owned
sums
mounts
printf 'end\n'
