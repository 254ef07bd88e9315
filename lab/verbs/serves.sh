# shellcheck shell=bash
# lab/lab serves NODE
#
# Whether the node's cluster is complete and all targets of the pair are started, as the node itself sees it. Exits 0 when it is
# so and 3 when it is not, and says which target is active where.
#
# Example: lab/lab serves mds1 && echo "mds1 is back"

verb_serves() {
    [ $# -eq 1 ] || usage_error "serves needs a node"
    must_exist "$1"
    [ -n "$(peer_of "$1")" ] || usage_error "$1 is in no cluster"
    active_targets "$(san "$(pair_of "$1")")/activations.log"
    running "$1" && pair_serves "$(pair_of "$1")" "$1" || exit 3
}
