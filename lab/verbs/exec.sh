# shellcheck shell=bash
# lab/lab exec NODE CMD...
#
# Runs a command in the node as on its console: it works without network and sshd. Exits as the command does.
#
# Example: lab/lab exec mds1 ip -br addr

verb_exec() {
    [ $# -ge 2 ] || usage_error "exec needs a node and a command"
    must_exist "$1"
    in_node "$@"
}
