# shellcheck shell=bash
# lab/lab replace-nic NODE
#
# Gives the node new network cards, and so new MAC addresses: with the power cut for it, and on again if it was on. Files
# with the old HWADDR then leave the node without network; `lab/lab exec` still gets in.
#
# Example: lab/lab replace-nic oss1 && lab/lab reinstall oss1

verb_replace_nic() {
    local was_on=no generation=0
    [ $# -eq 1 ] || usage_error "replace-nic needs a node"
    must_exist "$1"
    ! running "$1" || was_on=yes
    power_cut "$1"
    [ ! -e "$LAB/nodes/$1/nic-generation" ] || generation=$(<"$LAB/nodes/$1/nic-generation")
    echo $(((generation + 1) % 256)) >"$LAB/nodes/$1/nic-generation"
    say "$1: eth0 is now $(mac "$1" 0), eth1 $(mac "$1" 1)"
    [ $was_on = no ] || power_on "$1"
}
