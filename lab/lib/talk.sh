# shellcheck shell=bash
# How the lab talks: progress and trouble on stderr, help from a file's own first comment.

say() { printf 'lab: [%3ds] %s\n' "$SECONDS" "$*" >&2; }

die() {
    printf 'lab: %s\n' "$*" >&2
    exit 1
}

usage_error() {
    printf 'lab: %s\n' "$*" >&2
    exit 2
}

# The comment at the head of a file is its help: one text for the reader of the code and for the user.
usage_of() { sed -n -e '1{/^#!/d}' -e '/^# shellcheck/d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$1"; }

# Waits until a command succeeds: attempts every 0.2 s, at most SECONDS long.
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.2
    done
}

# FUNCTION ARGUMENT...: calls it with each argument, all at the same time; fails when one does.
at_once() {
    local call=$1 argument running=() failed=0
    shift
    for argument; do
        "$call" "$argument" &
        running+=($!)
    done
    for argument in "${running[@]}"; do wait "$argument" || failed=1; done
    return $failed
}
