# shellcheck shell=bash
# lab/lab hostid NODE [HEX|none]
#
# Says which id of the host the node has, or gives it another: eight hexadecimal digits, or none, as a fresh installation has it.
# A pool or a target that was last used under another id takes the node for a stranger.
#
# Example: lab/lab hostid mds1 00bab10c
# shellcheck disable=SC2016 # What stands in single quotes is expanded in the node.

verb_hostid() {
    [ $# -eq 1 ] || [ $# -eq 2 ] || usage_error "hostid needs a node, and may have an id"
    [[ ${2:-none} =~ ^([0-9a-fA-F]{8}|none)$ ]] || usage_error "an id is eight hexadecimal digits or 'none', not '$2'"
    must_exist "$1"
    case ${2:-} in
        '') ;;
        none) in_node "$1" rm -f /etc/hostid ;;
        # The lowest byte comes first in the file.
        *) printf '%b' "\\x${2:6:2}\\x${2:4:2}\\x${2:2:2}\\x${2:0:2}" | in_node "$1" sh -c 'cat >/etc/hostid' ;;
    esac
    in_node "$1" sh -c '[ -e /etc/hostid ] && hostid || echo none'
}
