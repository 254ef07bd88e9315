# shellcheck shell=bash
# lab/lab device hide|show NODE TARGET
#
# Takes a target's disk away from one node, as when its cable or its zone on the fabric is missing, or gives it back. The
# partner keeps seeing it; over a reboot and a reinstallation it stays as it is. A disk that is mounted on the node is refused:
# what a kernel does with a mounted disk that is gone cannot be shown here. Without arguments says which disks are hidden.
#
# Example: lab/lab device hide mds1 MGS
# shellcheck disable=SC2016 # What stands in single quotes is expanded in the node.

verb_device() {
    local node lun
    [ $# -ne 0 ] || { hidden_devices; return; }
    [ $# -eq 3 ] || usage_error "device needs hide or show, a node, and a target"
    case $1 in hide | show) ;; *) usage_error "device is hide or show, not '$1'" ;; esac
    must_exist "$2"
    node=$2
    [ -n "$(peer_of "$node")" ] || usage_error "$node has no shared disks"
    lun=$(targets_of "$(pair_of "$node")" | awk -v label="$3" '$1 == label { print $4 }')
    [ -n "$lun" ] || usage_error "$node has no target '$3', but $(targets_of "$(pair_of "$node")" | cut -d' ' -f1 | paste -sd' ')"
    locked "$node" "device_$1" "$node" "$lun" "$3"
}

device_hide() { # NODE LUN LABEL
    ! running "$1" || ! in_node "$1" findmnt -n -S "/dev/dm-$2" >/dev/null || die "$3 is mounted on $1: move it to the partner first"
    : >"$(hidden_mark "$1" "$2")"
    ! running "$1" || in_node "$1" sh -c '
        find /dev/disk/by-id /dev/mapper -type l -lname "*/dm-$1" -delete
        rm -f "/dev/dm-$1"' hide "$2"
}

device_show() { # NODE LUN LABEL
    local init
    rm -f "$(hidden_mark "$1" "$2")"
    init=$(init_of "$1") || return 0
    device_nodes "$1" "/proc/$init/root/dev"
    # A running multipathd sees a new path at once; without its configuration it does not run.
    in_node "$1" sh -c '[ ! -e /etc/multipath.conf ] || /usr/sbin/multipathd'
}

hidden_devices() {
    local node label lun
    for node in $(nodes | grep -E '^(mds|oss)'); do
        while read -r label _ _ lun; do
            [ ! -e "$(hidden_mark "$node" "$lun")" ] || echo "$node $label"
        done < <(targets_of "$(pair_of "$node")")
    done
}
