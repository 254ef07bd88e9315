#!/bin/sh
# Relustre's collector: reads this server's configuration and writes it to standard output. It changes nothing, and what
# it needs in between lies in memory and goes with it. Generated: `relustre collector HOST` prints it, docs/collector.md
# tells its protocol. Needs a POSIX shell, GNU find, tar and coreutils, as old as EL6's.
#
# It greets, and then does what standard input says, a line at a time, until `bye` or the end:
#   list [TOOL=NUMBER…]   what is there; from then on the tools run, but for those whose files still give the number
#   want BYTES            that many bytes of names follow, each ended by NUL, as many as fit into one command line; they come
#                         back as a tar stream, then listed anew
#   tools                 what the tools said, as a tar stream
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
errors=''

# What is left of this session, however it ends: the cut line is noticed as the end of input, or as a broken pipe. The
# folder is renamed before it is looked through: a tool notes itself there and begins if the note still stands, or ends.
finish() {
    trap '' HUP INT TERM PIPE
    [ -n "$scratch" ] || return
    if [ -n "$lanes" ]; then
        # shellcheck disable=SC2086 # process ids
        kill -9 $lanes
        mv "$scratch" "$scratch.gone"
        scratch=$scratch.gone
        for running in "$scratch"/*:pid; do
            # One that has only just started leads no group yet.
            if read -r pid <"$running" && [ -n "$pid" ]; then
                kill -9 "$pid"
                kill -9 "-$pid"
            fi
        done
    fi
    # A tool that dies just now may still drop a last file.
    rm -rf "$scratch" || { sleep 1; rm -rf "$scratch"; }
} 2>/dev/null
trap finish EXIT
trap 'exit 1' HUP INT TERM PIPE

refuse() {
    printf 'error %s\n' "$1"
    exit 1
}

# A folder of this session's own, in memory where there is some. What a tool may write, it writes below it, too.
need_scratch() {
    [ -z "$scratch" ] || return 0
    for base in /dev/shm /run "${TMPDIR:-/tmp}"; do
        if [ -d "$base" ] && [ -w "$base" ] && scratch=$(mktemp -d "$base/relustre.XXXXXX"); then break; fi
    done
    [ -n "$scratch" ] || refuse 'no folder for temporary files can be written to (/dev/shm, /run, /tmp)'
    # Scratch of sessions that were killed: none lives longer than minutes. Trees are many on one machine, which sweeps for itself.
    for old in "$base"/relustre.??????; do
        [ "$old" = "$scratch" ] || [ -n "$root" ] || {
            find "$base" -maxdepth 1 -type d -name 'relustre.??????*' -uid "$(id -u)" -mtime +0 -exec rm -rf '{}' +
            break
        }
    done 2>/dev/null
    TMPDIR=$scratch/tmp
    export TMPDIR
    mkdir "$TMPDIR" || refuse 'no folder for the tools can be made'
}

# --- what is there -------------------------------------------------------------------------------------------------------

# One entry: kind, mode, owner, group, bytes, mtime, ctime, links, device, inode; then its name and where it points, each
# ended by NUL. Owners' names come with tar: find would look each of them up anew.
entry='%y %m %U %G %s %T@ %C@ %n %D %i\0%p\0%l\0'
export entry

# Where the names that are listed stand for only_listed. Whoever had to send this script may run anything else as well: then
# there is nothing to guard. As a key's forced command it is a file, with a name of its own.
listed=/dev/null

# All files by name or pattern, the folders above all of them, and, behind ././, the folders that are wanted with everything
# below them. One find lists them all: a process more costs a server more than all that find does. It is asked for a name only
# where the name's folder is: a complaint costs it more than an entry. Whoever is not root hears which folders stay closed, also
# of those that find need not open; but not by a name of several lines, which could tell of another folder.
list() {
    # shellcheck disable=SC2046 # split into names, and patterns expanded
    set -- \
@names@
    { errors=$(find "$@" -ignore_readdir_race -xdev ! -type s -printf "$entry" -fprintf "$listed" '%p\0' \
        \( -path '././*' -type d -o ! -path '././*' -prune \( -type d -o -type l -xtype d \) \) \
        ! \( -readable -executable \) ! -path '*
*' -fprintf /dev/stderr "find: '%p': Permission denied\n" 2>&1 >&3); } 3>&1
    end_list
}

# A listing ends with a lone "." and what find complained of, so that a cut one is never taken for a whole one.
end_list() {
    printf '.\0%.65536s\0' "$errors" || exit
}

# --- what is wanted ------------------------------------------------------------------------------------------------------

tar_options=''

# Whatever this server's tar can carry, in records that fill a pipe: small ones cost both ends a system call each. EL6's knows --xattrs, but not --xattrs-include.
learn_tar() {
    [ -z "$tar_options" ] || return 0
    tar_help=$(tar --help 2>/dev/null)
    case $tar_help in
        *--no-recursion*) tar_options='--create --file=- --blocking-factor=128 --format=pax --pax-option=delete=atime,delete=ctime --mtime=@0' ;;
        *) refuse 'GNU tar is not installed; install it there' ;;
    esac
    tar_keeps=''
    case $tar_help in *--xattrs-include*) tar_keeps="--xattrs --xattrs-include=*" ;; *--xattrs*) tar_keeps='--xattrs' ;; esac
    case $tar_help in *--acls*) tar_keeps="$tar_keeps --acls" ;; esac
    case $tar_help in *--selinux*) tar_keeps="$tar_keeps --selinux" ;; esac
}

# The names come as arguments: no variable can hold a NUL.
answer_names='
    for name; do
        case $name in ./.. | ./../* | */../* | */..) exit 255 ;; . | ./*) ;; *) exit 255 ;; esac
    done
    printf "tar %s\n" "$tar_keeps"
    set -f
    { errors=$(tar $tar_options $tar_keeps --no-recursion --no-unquote -- "$@" 2>&1 >&3); } 3>&1
    find "$@" -maxdepth 0 ! -type s -printf "$entry" 2>/dev/null
    printf ".\0%.65536s\0" "$errors"'

# One name a line, as it is asked for: what ends a name and what ends a line change places.
names() { tr '\0\n' '\n\0' | sed 's,^\./\./,./,'; }

# Only what was listed can be had: a key that is bound to this script reads what a backup reads, and nothing else. Names that
# were not listed would make the two together more than the one.
only_listed() {
    known=$(names <"$listed" | sort -u | wc -l)
    [ "$known" -gt 0 ] && [ "$known" -eq "$(cat "$listed" "$scratch/want" | names | sort -u | wc -l)" ]
}

give() {
    case $1 in '' | *[!0-9]*) refuse 'want needs a number of bytes' ;; esac
    learn_tar
    export tar_options tar_keeps
    if [ "$listed" = /dev/null ]; then
        head -c "$1" | send_names
    else
        head -c "$1" >"$scratch/want" || exit
        only_listed || refuse 'a name that was not listed was wanted'
        send_names <"$scratch/want"
    fi || refuse 'names that are not below the root, or too many at once, were wanted'
}

# Names that do not fit into one command line are refused (-x), never answered by halves.
send_names() { xargs -0 -x -n 1000000 sh -c "$answer_names" names; }

# --- what the tools say --------------------------------------------------------------------------------------------------

# live COMPONENT:NAME SECONDS NEEDS COMMAND [FILTER [READS]]: asks the running system. NEEDS are programs, and paths, that must
# be there. READS are the files that the answer is made of, and of nothing else.
live() { [ -n "$root" ] || tool "$@"; }

# tool COMPONENT:NAME SECONDS NEEDS COMMAND [FILTER [READS]]: also works on a file tree, by way of $root.
tool() {
    turn=$((turn % 4 + 1))
    [ "$turn" = "$lane" ] || [ -n "$root" ] || return 0
    # shellcheck disable=SC2086 # a list
    has $3 || return 0
    if [ -z "$lane" ]; then
        found=yes
        return
    fi
    run "$scratch/$1" "$2" "$4" "${5-}" "${6-}"
}

# has NEED...: `command -v` finds a path only if it is a program. A path is one of the tree that is read.
has() {
    for need; do
        case $need in
            /*) [ -e "$root$need" ] || return ;;
            *) command -v "$need" >/dev/null || return ;;
        esac
    done
}

# What a tool runs in, its command after it: so the shell makes way for its last command. timeout leads a process group of its
# own, so all that the tool leaves running goes with it. No file may grow beyond the limit: that ends a tool that floods.
ask='
    ulimit -c 0
    ulimit -f "$1" 2>/dev/null
    echo "$PPID" >"$0:pid" && [ -e "$0:pid" ] || exit
    [ -z "$2" ] || eval "$3"
    '

# The files that a tool reads, as one number: their names, sizes and times, followed to where they lead. Where it is known by this
# number, the tool would say what it said then. What changed in the last minute gives another number each time: not every
# file system tells two changes of one second apart.
unless_known='
    { echo @digest@; find -L $2 -maxdepth 3 -xdev -printf "%p %l %s %D:%i %T@ %C@\n" -cmin -1 -printf "$0\n" 2>/dev/null; } | sha256sum >"$0:seen" 2>/dev/null
    read -r seen dash <"$0:seen"
    case $known in *" ${0##*/}=$seen "*) : >"$0:same"; exit ;; esac'

# run PATH SECONDS COMMAND FILTER READS: leaves PATH:out, PATH:err and PATH:code. What a tool keeps for itself ($TMPDIR) may be larger.
run() {
    said=$1:out
    [ -z "$4" ] || said=$1:raw
    blocks=@blocks@
    case $3 in *TMPDIR*) blocks=$((blocks * 64)) ;; esac
    timeout -s KILL "$2" sh -c "$ask$3" "$1" "$blocks" "$5" "$unless_known" </dev/null >"$said" 2>"$1:err" &
    pid=$!
    wait "$pid"
    echo "$?" >"$1:code"
    kill -9 "-$pid"
    : >"$1:pid"
    # Of nothing a filter makes nothing.
    if [ ! -s "$said" ]; then
        : >"$1:out"
    elif [ -n "$4" ]; then
        { eval "$4"; } <"$said" >"$1:out" 2>>"$1:err"
        : >"$said"
    fi
} 2>/dev/null

tools() {
    turn=0
@tools@
}

# Four tools run at a time, while files are listed and read. A tree has few tools, and most trees none: then nothing is started.
start_tools() {
    if [ -n "$root" ]; then
        found='' lane=''
        tools
        [ -n "$found" ] || return 0
        need_scratch
    fi
    for lane in 1 2 3 4; do
        tools </dev/null >/dev/null 2>&1 &
        lanes="$lanes $!"
        [ -z "$root" ] || break
    done
}

answer() {
    if [ -z "$scratch" ]; then
        printf 'none\n' || exit
        return
    fi
    if [ -n "$lanes" ]; then
        # A heartbeat tells both sides that the other is there: if nobody hears it, all ends.
        (
            trap '' PIPE
            # ksh does not tell that nobody hears it any more.
            while sleep 1 >/dev/null 2>&1 && kill -0 "$$"; do printf 'wait\n' || break; done
            kill "$$"
        ) 2>/dev/null &
        heartbeat=$!
        # shellcheck disable=SC2086 # process ids
        wait $lanes
        lanes=''
        { kill -9 "$heartbeat"; wait "$heartbeat"; } 2>/dev/null
    fi
    find "$scratch" -maxdepth 1 -name '*:out' -size +@cap@c -exec truncate -s @cap@ '{}' + -o -name '*:err' -size +4096c -exec truncate -s 4096 '{}' +
    printf 'tar\n' || exit
    tar --create --file=- --format=pax --pax-option=delete=atime,delete=ctime --mtime=@0 --owner=0 --group=0 --exclude='./*:raw' --exclude='./*:pid' --exclude=./tmp --exclude=./listed --exclude=./want \
        --directory="$scratch" . 2>/dev/null
}

# --- the session ---------------------------------------------------------------------------------------------------------

printf 'relustre collector @protocol@ @digest@\n' || exit

cd "${root:-/}" || refuse 'the root folder cannot be entered'
if [ -n "$root" ]; then
    printf 'root %s\n' "$root"
else
    need_scratch
    [ "$0" = relustre ] || listed=$scratch/listed
    # The folder just made tells the clock, who we are, and what it lies on.
    find "$scratch" -maxdepth 0 -printf 'clock %T@\nuser %U\nscratch %F\n' || refuse 'GNU find is not installed; install findutils there'
    printf 'system %s\n' "$(uname -a)"
fi || exit
printf 'ready\n' || exit

begun=''
while read -r request details; do
    case $request in
        list)
            [ -z "$begun" ] || refuse 'what is there has been listed'
            begun=yes
            known=" $details "
            export known
            start_tools
            list
            ;;
        want) give "$details" ;;
        tools) answer ;;
        bye)
            printf 'bye\n'
            exit 0
            ;;
        *) refuse 'not a request' ;;
    esac
done
exit 1
