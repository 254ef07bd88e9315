# shellcheck shell=bash
# lab/lab net cut|heal NODE [mgmt|lnet]
#
# Pulls the node's network cables, or plugs them again: both, or that of the management network (eth0) or LNet's (eth1).
# They stay pulled over a reboot. A node without its management cable can reach no BMC.
#
# Example: lab/lab net cut mds1

verb_net() {
    [ $# -eq 2 ] || [ $# -eq 3 ] || usage_error "net needs cut or heal, and a node"
    case $1 in cut | heal) must_exist "$2" ;; esac
    cards "${3:-both}" >/dev/null || exit
    case $1 in
        cut) pull_cables "$2" down "${3:-both}" ;;
        heal) pull_cables "$2" up "${3:-both}" ;;
        *) usage_error "net is cut or heal, not '$1'" ;;
    esac
}
