#!/bin/sh
# Relustre's question what the cluster would do: Pacemaker's simulator is asked about two CIBs that come on standard input, once this
# script has said `send`. It changes nothing. CIBs hold passwords, and the simulator puts what it is given into a file of its own: that
# lies in a folder of this question, in memory, and goes with it. Each answer is its summary, a line each behind `> `, then
# `ended CODE`; the last line is `end`. `cannot WHY` comes in place of `send`.

LC_ALL=C
PATH=$PATH@path@
IFS=' 	
'
export LC_ALL PATH
unset ENV CDPATH POSIXLY_CORRECT
umask 077
exec 2>/dev/null

scratch=''
finish() {
    trap '' HUP INT TERM PIPE
    [ -z "$scratch" ] || rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM PIPE

cannot() {
    printf 'cannot %s\nend\n' "$1"
    exit 0
}

# What it says is bounded here already, so its exit code takes another way.
ask() {
    {
        head -c "$1" | timeout -s KILL 20 @program@ --xml-pipe --run
        echo "$?" >"$scratch/code"
    } | head -c 1048576 | sed -n '/^Transition Summary:/,/^ *$/s/^/> /p' || exit
    read -r code <"$scratch/code"
    # What was cut may lack its line's end.
    printf '\nended %s\n' "$code" || exit
    [ "$code" = 0 ]
}

printf 'relustre simulation 1\n' || exit
command -v @program@ >/dev/null || cannot program
for base in /dev/shm /run; do
    case $(stat -f -c %T "$base") in
        tmpfs | ramfs) if [ -w "$base" ] && scratch=$(mktemp -d "$base/relustre.XXXXXX"); then break; fi ;;
    esac
done
[ -n "$scratch" ] || cannot memory
CIB_shadow_dir=$scratch TMPDIR=$scratch
export CIB_shadow_dir TMPDIR
printf 'send\n' || exit
ask @before@ && ask @after@
printf 'end\n'
