#!/bin/sh
# Relustre's collector: reads this server's configuration and writes it to standard output. It changes nothing, and what
# it needs in between lies in memory and goes with it. Generated: `relustre collector HOST` prints it, docs/collector.md
# tells its protocol. Needs a POSIX shell, GNU find, tar and coreutils, as old as EL6's.
#
# It greets, lists what is there, and then does what standard input says, a line at a time, until `bye` or the end:
#   want BYTES   that many bytes of names follow, each ended by NUL; they come back as a tar stream, then listed anew
#   tools        what the tools said, as a tar stream
#
# What stands in single quotes is for another shell, later; functions are called by traps and by generated lines.
# shellcheck disable=SC1003,SC2016,SC2317

LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
IFS=' 	
'
# $1 is the folder of a file tree to read in place of the running server.
root=${1-}
export LC_ALL PATH root
unset TAR_OPTIONS POSIXLY_CORRECT ENV CDPATH
umask 077

lanes=''
scratch=''
tools_for_trees=@treeTools@

# What is left of this session, however it ends: the cut line is noticed as the end of input, or as a broken pipe.
finish() {
    trap '' HUP INT TERM PIPE
    [ -n "$scratch" ] || return
    # shellcheck disable=SC2086 # process ids
    [ -z "$lanes" ] || kill -9 $lanes
    for running in "$scratch"/*:pid; do
        # One that has only just started leads no group yet.
        if read -r pid <"$running" && [ -n "$pid" ]; then
            kill -9 "$pid"
            kill -9 "-$pid"
        fi
    done
    # A tool that dies just now may still drop a last file.
    rm -rf "$scratch" || { sleep 1; rm -rf "$scratch"; }
} 2>/dev/null
trap finish EXIT
trap 'exit 1' HUP INT TERM PIPE

refuse() {
    printf 'error %s\n' "$1"
    exit 1
}

# --- what is there -------------------------------------------------------------------------------------------------------

# One entry: kind, mode, owner, group, bytes, mtime, ctime, links, device, inode; then names, each ended by NUL.
entry='%y %m %U %G %s %T@ %C@ %n %D %i\0%u\0%g\0%p\0%l\0'
export entry

# Files by name or pattern, and the folders above all of them. Whoever is not root hears what stays closed.
names() {
    # shellcheck disable=SC2043 # One name at least, several mostly.
    for name in \
@names@
    do
        [ -e "$name" ] || [ -L "$name" ] || continue
        printf '%s\0' "$name"
        if [ -d "$name" ] && ! { [ -r "$name" ] && [ -x "$name" ]; }; then
            printf "find: '%s': Permission denied\n" "$name" >&2
        fi
    done
}

# Folders with everything below them, on their own file systems.
folders() {
    :
@folders@
}

# walk PRUNE FOLDER...: all that is there, without what the find expression PRUNE tells
walk() {
    prune=$1
    shift
    for folder; do
        shift
        if [ -e "$folder" ] || [ -L "$folder" ]; then set -- "$@" "$folder"; fi
    done
    [ $# -gt 0 ] || return 0
    if [ -n "$prune" ]; then
        # The expression was quoted when it was generated.
        eval 'find "$@" -xdev \( '"$prune"' \) -prune -o ! -type s -printf "$entry"'
    else
        find "$@" -xdev ! -type s -printf "$entry"
    fi
}

# Lists the names on standard input.
list_names() {
    xargs -0 -r sh -c 'exec find "$@" -maxdepth 0 ! -type s -printf "$entry"' find
}

# A listing ends with a lone "." and what find complained of, so that a cut one is never taken for a whole one.
end_list() {
    printf '.\0' || exit
    if [ -s "$scratch/errors" ]; then head -c 65536 "$scratch/errors"; fi
    printf '\0' || exit
}

# --- what is wanted ------------------------------------------------------------------------------------------------------

tar_options=''

# Whatever this server's tar can carry. EL6's knows --xattrs, but not --xattrs-include.
learn_tar() {
    [ -z "$tar_options" ] || return 0
    tar_help=$(tar --help 2>/dev/null)
    case $tar_help in
        *--no-recursion*) tar_options='--create --file=- --format=pax --mtime=@0 --owner=0 --group=0' ;;
        *) refuse 'GNU tar is not installed' ;;
    esac
    tar_keeps=''
    case $tar_help in *--xattrs-include*) tar_keeps="--xattrs --xattrs-include=*" ;; *--xattrs*) tar_keeps='--xattrs' ;; esac
    case $tar_help in *--acls*) tar_keeps="$tar_keeps --acls" ;; esac
    case $tar_help in *--selinux*) tar_keeps="$tar_keeps --selinux" ;; esac
}

give() {
    case $1 in '' | *[!0-9]*) refuse 'want needs a number of bytes' ;; esac
    head -c "$1" >"$scratch/want" || exit
    # A name is never an option to find or tar, and never leaves the tree.
    xargs -0 -r sh -c 'for name; do case $name in ./.. | ./../* | */../* | */..) exit 255 ;; . | ./*) ;; *) exit 255 ;; esac; done' \
        names <"$scratch/want" || refuse 'a name that is not below the root was wanted'
    learn_tar
    printf 'tar %s\n' "$tar_keeps" || exit
    set -f
    # shellcheck disable=SC2086 # a list of options
    tar $tar_options $tar_keeps --no-recursion --null --files-from="$scratch/want" 2>"$scratch/errors"
    set +f
    list_names <"$scratch/want" 2>/dev/null
    end_list
}

# --- what the tools say --------------------------------------------------------------------------------------------------

# live COMPONENT:NAME SECONDS NEEDS COMMAND [FILTER]: asks the running system. NEEDS are programs, and paths, that must be there.
live() { [ -n "$root" ] || tool "$@"; }

# tool COMPONENT:NAME SECONDS NEEDS COMMAND [FILTER]: also works on a file tree, by way of $root.
tool() {
    turn=$((turn % 4 + 1))
    [ "$turn" = "$lane" ] || [ -n "$root" ] || return 0
    told=$scratch/$1
    # shellcheck disable=SC2086 # a list
    if ! has $3; then
        : >"$told:missing"
        return
    fi
    {
        if [ -n "${5-}" ]; then run "$2" "$4" | sh -c "$5" 2>&3; else run "$2" "$4"; fi | head -c @cap@ >"$told:out"
    } 3>&1 | { head -c 4096 >"$told:err"; cat >/dev/null; }
}

# has NEED...: `command -v` finds a path only if it is a program.
has() {
    for need; do
        case $need in
            /*) [ -e "$need" ] || return ;;
            *) command -v "$need" >/dev/null || return ;;
        esac
    done
}

# run SECONDS COMMAND: timeout leads a process group of its own, so all that the tool leaves running goes with it.
run() {
    timeout -s KILL "$1" sh -c "$2" </dev/null 2>&3 3>&- &
    pid=$!
    echo "$pid" >"$told:pid"
    wait "$pid"
    echo "$?" >"$told:code"
    kill -9 "-$pid"
    : >"$told:pid"
} 2>/dev/null

tools() {
    turn=0
@tools@
}

# Four tools run at a time, while files are listed and read.
start_tools() {
    for lane in 1 2 3 4; do
        tools </dev/null >/dev/null 2>&1 &
        lanes="$lanes $!"
        [ -z "$root" ] || break
    done
}

answer() {
    if [ -n "$lanes" ]; then
        # A heartbeat tells both sides that the other is there: if nobody hears it, all ends.
        (
            trap '' PIPE
            while sleep 1 >/dev/null 2>&1; do printf 'wait\n' || break; done
            kill "$$"
        ) 2>/dev/null &
        heartbeat=$!
        # shellcheck disable=SC2086 # process ids
        wait $lanes
        lanes=''
        { kill -9 "$heartbeat"; wait "$heartbeat"; } 2>/dev/null
    fi
    printf 'tar\n' || exit
    tar --create --file=- --format=pax --mtime=@0 --owner=0 --group=0 --exclude=./want --exclude=./errors --exclude=./tmp \
        --directory="$scratch" . 2>/dev/null
}

# --- the session ---------------------------------------------------------------------------------------------------------

printf 'relustre collector @protocol@ @digest@\n' || exit

cd "${root:-/}" || refuse 'the root folder cannot be entered'
for base in /dev/shm /run "${TMPDIR:-/tmp}"; do
    if [ -d "$base" ] && [ -w "$base" ] && scratch=$(mktemp -d "$base/relustre.XXXXXX"); then break; fi
done
[ -n "$scratch" ] || refuse 'no folder for temporary files can be written to (/dev/shm, /run, /tmp)'

# What a tool may write, it writes here, and it goes with the session.
TMPDIR=$scratch/tmp
export TMPDIR
mkdir "$TMPDIR" || refuse 'no folder for the tools can be made'

# The folder just made tells the clock, who we are, and what it lies on.
find "$scratch" -maxdepth 0 -printf 'clock %T@\nuser %U\nscratch %F\n' || refuse 'GNU find is not installed'
if [ -n "$root" ]; then printf 'root %s\n' "$root"; else printf 'system %s\n' "$(uname -a)"; fi || exit
printf 'list\n' || exit

# Scratch of sessions that were killed: none lives longer than minutes. Trees are many on one machine, which sweeps for itself.
for old in "$base"/relustre.??????; do
    [ "$old" = "$scratch" ] || [ -n "$root" ] || {
        find "$base" -maxdepth 1 -type d -name 'relustre.??????' -uid "$(id -u)" -mtime +0 -exec rm -rf '{}' +
        break
    }
done 2>/dev/null

if [ -z "$root" ] || [ "$tools_for_trees" = yes ]; then start_tools; fi
{
    # By way of a file: through a pipe, every single name would wake its reader.
    names >"$scratch/want"
    list_names <"$scratch/want"
    folders
} 2>"$scratch/errors"
end_list

while read -r request size; do
    case $request in
        want) give "$size" ;;
        tools) answer ;;
        bye)
            printf 'bye\n'
            exit 0
            ;;
        *) refuse 'not a request' ;;
    esac
done
exit 1
