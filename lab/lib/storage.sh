# shellcheck shell=bash
# The shared disks: image files on this machine, loop devices for them, seen by both nodes of a pair, and the log of who
# had which target active. A target is a real ext4 with the target's name as its label.

san() { echo "$LAB/san/$1"; } # PAIR

# PAIR: what the pair serves, one target a line: "LABEL KEY PRIMARY LUN". KEY is the uuid in the agent's store.
targets_of() {
    local first=${1%-*} second=${1#*-} index
    if [ "$1" = mds1-mds2 ]; then
        echo "MGS 9a1c3f0e-5b7d-4c2a-8e61-2f4d7b90c3aa $first 0"
        echo "demo-MDT0000 0d6f1b52-77a4-4a0b-9c1f-6f2f5b1f8e10 $second 1"
    else
        index=$((${first#oss} - 1))
        printf 'demo-OST%04x %08x-7c1e-4f0a-9d2b-3a6e5c4b1f0%x %s 0\n' $index $((0x41d0be + index * 104729)) 1 "$first"
        printf 'demo-OST%04x %08x-7c1e-4f0a-9d2b-3a6e5c4b1f0%x %s 1\n' $((index + 1)) $((0x9f21cc + index * 104729)) 2 "$second"
    fi
}

# LABEL: the resource's name, which IML made of the label and six random digits once; here they are the label's own.
resource_of() { echo "$1_$(printf %s "$1" | sha256sum | cut -c1-6)"; }

wwid_of() { echo "3600a0b80005a2c$(printf '%s' "$1-$2" | sha256sum | cut -c1-18)"; } # PAIR LUN

# The aliases multipath gave once, in another order than that of the LUNs: a node that lost its bindings gets others.
alias_of() { [ "$1" = 0 ] && echo mpathb || echo mpatha; }

disks_up() { # PAIR: makes the disks that are missing and attaches all
    local pair=$1 dir label lun image device
    dir=$(san "$pair")
    mkdir -p "$dir"
    [ "${pair%%-*}" != single ] || return 0
    [ -e "$dir/activations.log" ] || : >"$dir/activations.log"
    : >"$dir/luns.new"
    while read -r label _ _ lun; do
        image=$dir/lun$lun.img
        if [ ! -e "$image" ]; then
            truncate -s 16M "$image.new"
            mkfs.ext4 -q -O ^has_journal -L "$label" "$image.new"
            mv "$image.new" "$image"
        fi
        device=$(losetup -n -O NAME -j "$image" | head -n 1)
        [ -n "$device" ] || device=$(losetup -f --show "$image")
        echo "$lun $(wwid_of "$pair" "$lun") $((0x$(stat -c %t "$device"))) $((0x$(stat -c %T "$device")))" >>"$dir/luns.new"
    done < <(targets_of "$pair")
    mv "$dir/luns.new" "$dir/luns"
}

# A disk that a node does not see (`lab/lab device`).
hidden_mark() { echo "$LAB/run/$1.hidden$2"; } # NODE LUN

# NODE DEV: the disks as the node's kernel finds them, below its /dev; names under /dev/mapper are multipathd's work.
device_nodes() {
    local node=$1 dev=$2 lun wwid major minor
    mkdir -p "$dev/disk/by-id"
    while read -r lun wwid major minor; do
        [ ! -e "$(hidden_mark "$node" "$lun")" ] || continue
        [ -b "$dev/dm-$lun" ] || mknod -m 660 "$dev/dm-$lun" b "$major" "$minor"
        ln -sf "../../dm-$lun" "$dev/disk/by-id/scsi-$wwid"
        ln -sf "../../dm-$lun" "$dev/disk/by-id/dm-uuid-mpath-$wwid"
    done <"$(san "$(pair_of "$node")")/luns"
}

disks_down() { # detaches every loop device of the lab, also of a lab whose processes were killed
    local device
    losetup -n -O NAME,BACK-FILE | while read -r device image; do
        case $image in "$LAB"/san/*) losetup -d "$device" ;; esac
    done
}

# LOG [NODE]: the targets that are active now, as "NODE TARGET".
active_targets() {
    [ ! -e "$1" ] || awk -v node="${2:-}" '
        { if ($4 == "activated") on[$2 " " $3] = 1; else delete on[$2 " " $3] }
        END { for (k in on) { split(k, w, " "); if (node == "" || w[1] == node) print k } }' "$1" | sort
}

# A node without power holds nothing. Called when its last process is gone, before anybody is told so.
release_targets() { # NODE WHY
    local log target
    log=$(san "$(pair_of "$1")")/activations.log
    active_targets "$log" "$1" | while read -r _ target; do
        "$HERE/stand-ins/activation" "$log" "$1" "$target" deactivated "$2"
    done
}

activations() { # every pair's log; the order within a pair is the order of events
    local log
    for log in "$LAB"/san/*/activations.log; do [ ! -e "$log" ] || cat "$log"; done
}

# Reads a log; prints every moment at which a target became active on one node while another had it; fails if there is one.
double_activations() {
    awk '
        $4 == "activated" { for (k in on) { split(k, w, " "); if (w[2] == $3 && w[1] != $2) { print $1, $3, "became active on", $2, "while", w[1], "had it"; bad = 1 } } on[$2 " " $3] = 1 }
        $4 == "deactivated" { delete on[$2 " " $3] }
        END { exit bad }'
}
