#!/bin/sh
# Relustre's question after what happened on this server in a stretch of time, as far as its own records tell: packages,
# logins, sudo. It changes nothing and writes no file. Each line of its answer is a word, a time (seconds since 1970, or
# universal time) and a text, with tabs between them; the last one is `end`.
#
# What stands in single quotes is awk's.
# shellcheck disable=SC2016

LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
IFS=' 	
'
export LC_ALL PATH
unset ENV CDPATH POSIXLY_CORRECT
exec 2>/dev/null

# Seconds since 1970, and the same in this server's time and in universal time.
from=@from@
to=@to@
here_from=$(date -d "@$from" '+%Y-%m-%d %H:%M:%S')
here_to=$(date -d "@$to" '+%Y-%m-%d %H:%M:%S')
utc_from=$(date -u -d "@$from" '+%Y-%m-%d %H:%M:%S')
utc_to=$(date -u -d "@$to" '+%Y-%m-%d %H:%M:%S')

limited() { timeout -s KILL 60 "$@"; }

# Lines of "WORD<tab>this server's time<tab>text" on standard input, with seconds in the time's place.
in_seconds() {
    head -n 200 | while IFS='	' read -r word at text; do
        printf '%s\t%s\t%s\n' "$word" "$(date -d "$at" +%s)" "$text"
    done
}

packages() {
    if command -v rpm >/dev/null && { [ -e /var/lib/rpm/Packages ] || [ -e /var/lib/rpm/rpmdb.sqlite ] || [ -e /usr/lib/sysimage/rpm/rpmdb.sqlite ]; }; then
        limited rpm -qa --qf 'package\t%{INSTALLTIME}\t%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH} installed\n' \
            | awk -F '\t' -v from="$from" -v to="$to" '$2 + 0 >= from + 0 && $2 + 0 <= to + 0' | head -n 500
    fi
    cat /var/log/dpkg.log.1 /var/log/dpkg.log | awk -v from="$here_from" -v to="$here_to" '
        $3 ~ /^(install|upgrade|remove|purge)$/ && $1 " " $2 >= from && $1 " " $2 <= to {
            print "package\t" $1 " " $2 "\t" $4 " " $5 " -> " $6 " (" $3 ")" }' | in_seconds
}

logins() {
    TZ=UTC0 limited last -F -n 2000 | awk -v from="$utc_from" -v to="$utc_to" '
        BEGIN { split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", names); for (at in names) month[names[at]] = at }
        {
            for (at = 3; at <= 5 && !($at in month); at++) { }
            if (!($at in month)) next
            when = sprintf("%04d-%02d-%02d %s", $(at + 3), month[$at], $(at + 1), $(at + 2))
            if (when < from || when > to) next
            who = $1
            for (word = 2; word < at - 1; word++) who = who " " $word
            print "login\t" when "\t" who
        }' | head -n 200
}

# The journal where there is one, else what syslog wrote. A line of syslog has no year, so both that can be meant are tried.
sudo_calls() {
    if command -v journalctl >/dev/null; then
        limited journalctl -q --no-pager --utc -o short-iso -n 2000 --since "$here_from" --until "$here_to" _COMM=sudo
    fi | awk '/COMMAND=/ { at = $1; sub(/T/, " ", at); sub(/^[^:]*:[^:]*:[^:]*: */, ""); print "sudo\t" substr(at, 1, 19) "\t" $0 }' | head -n 200
    cat /var/log/secure-* /var/log/secure /var/log/auth.log.1 /var/log/auth.log | tail -n 200000 | awk -v from="$here_from" -v to="$here_to" '
        BEGIN { split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", names); for (at in names) month[names[at]] = at }
        !/ sudo(\[[0-9]+\])?: .*COMMAND=/ { next }
        {
            for (year = substr(from, 1, 4); year <= substr(to, 1, 4); year++) {
                when = ($1 in month) ? sprintf("%04d-%02d-%02d %s", year, month[$1], $2, $3) : substr($1, 1, 10) " " substr($1, 12, 8)
                if (when < from || when > to) continue
                text = $0
                sub(/^.* sudo(\[[0-9]+\])?: */, "", text)
                print "sudo\t" when "\t" text
                break
            }
        }' | in_seconds
}

printf 'relustre records 1\n' || exit
packages
logins
sudo_calls
printf 'end\n'
