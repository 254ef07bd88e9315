# shellcheck shell=bash
# lab/lab clock NODE OFFSET|right
#
# Puts the node's clock wrong by OFFSET (+30m, -2h, +10s, +1d) for whoever logs in from now on, over ssh or with
# `lab/lab exec`, until it is put right or the node boots. Services keep their time, and this machine's own clock is never touched.
#
# Example: lab/lab clock mds1 +30m
# shellcheck disable=SC2016 # What stands in single quotes is expanded in the node.

verb_clock() {
    [ $# -eq 2 ] || usage_error "clock needs a node and an offset"
    [[ $2 =~ ^([+-][0-9]+[smhd]|right)$ ]] || usage_error "an offset looks like +30m or -2h, not '$2'"
    must_exist "$1"
    # sshd gives its sessions the library and the offset; it must not have them itself, its sandbox would not allow it.
    in_node "$1" sh -euc '
        mkdir -p /run/lab/sshd
        rm -f /run/lab/sshd/clock.conf
        [ "$1" = right ] ||
            echo "SetEnv LD_PRELOAD=$(ls /usr/lib/*/faketime/libfaketime.so.1) FAKETIME=$1 FAKETIME_DONT_FAKE_MONOTONIC=1" >/run/lab/sshd/clock.conf
        kill -HUP "$(cat /run/sshd.pid)"' clock "$2"
    until_true 10 answers_ssh "$1" || die "sshd of $1 did not come back"
}
