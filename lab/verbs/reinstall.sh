# shellcheck shell=bash
# lab/lab reinstall NODE
#
# Cuts the power and gives the node what a kickstart leaves: the base system with network on eth0, sshd and root's key,
# other host keys; no cluster, no agent, no Lustre. Returns when ssh answers.
#
# Example: lab/lab reinstall mds1

verb_reinstall() {
    local began=$SECONDS
    [ $# -eq 1 ] || usage_error "reinstall needs a node"
    must_exist "$1"
    locked "$1" reinstall_disk "$1"
    power_on "$1"
    wait_for_ssh "$1"
    say "$1 is pristine and answers ssh ($((SECONDS - began)) s)"
}

reinstall_disk() { # NODE: a light node stays one
    press_cut "$1"
    rm -f "$LAB/nodes/$1"/{managed,authenticated}
    # shellcheck disable=SC2046 # layers are words
    kickstart "$1" "$(mode_of "$1")" $(layers_of bare)
}
