# shellcheck shell=bash
# lab/lab power on|off|cut|cycle NODE
#
# on: presses the button of a node that is off.   off: an orderly shutdown.
# cut: pulls the plug; every process of the node is gone when this returns.   cycle: cut, then on.
#
# Example: lab/lab power cut mds2

verb_power() {
    [ $# -eq 2 ] || usage_error "power needs what to do, and a node"
    case $1 in on | off | cut | cycle) must_exist "$2" ;; esac
    case $1 in
        on) power_on "$2" ;;
        off) power_off "$2" ;;
        cut) power_cut "$2" ;;
        cycle) power_reset "$2" ;;
        *) usage_error "power is on, off, cut or cycle, not '$1'" ;;
    esac
}
