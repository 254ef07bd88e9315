# shellcheck shell=bash
# lab/lab ssh NODE [CMD...]
#
# Logs in over the management network as root, with the lab's key, or runs a command there. Exits as ssh does.
#
# Example: lab/lab ssh mds1 pcs status

verb_ssh() {
    [ $# -ge 1 ] || usage_error "ssh needs a node"
    must_exist "$1"
    ssh_to "$@"
}
