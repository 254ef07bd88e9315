# shellcheck shell=bash
# Where things lie, what nodes are called, and which addresses follow from a name.

LAB=${RELUSTRE_LAB:-/var/lib/relustre-lab}
CACHE=${RELUSTRE_LAB_CACHE:-/var/cache/relustre-lab}
DOMAIN=lab.test
MANAGER=adm
BRIDGE0=rlbr0 BRIDGE1=rlbr1
# RFC 2544 test addresses, never on the Internet: management, LNet, and the BMCs' corner of the first.
NET0=198.18 NET1=198.19 BMC_NET=198.18.200
CGROUP=relustre-lab
# What a node lacks, from its init on and for whoever enters it: this machine's clock, modules, devices and kernel log.
NODE_LACKS=-sys_module,-sys_time,-sys_rawio,-mknod,-mac_admin,-mac_override,-syslog,-audit_control,-audit_read
export NODE_LACKS
export LAB CACHE DOMAIN MANAGER BRIDGE0 BRIDGE1 NET0 NET1 BMC_NET CGROUP

# A stable 16-bit number per name; it is also the low half of the node's addresses.
node_number() {
    case $1 in
        adm) echo 2 ;;
        mds[12]) echo $((10 + ${1#mds})) ;;
        oss[1-9] | oss[1-7][0-9]) echo $((20 + ${1#oss})) ;;
        n[1-9] | n[1-9][0-9] | n[1-9][0-9][0-9]) echo $((512 + ${1#n})) ;;
        *) usage_error "no node is called '$1': nodes are adm, mds1, mds2, oss1 to oss79, n1 to n999" ;;
    esac
}

address() { # NODE [0|1]: on the management network, or on LNet's
    local number net=$NET0
    number=$(node_number "$1") || exit
    [ "${2:-0}" = 0 ] || net=$NET1
    echo "$net.$((number >> 8)).$((number & 255))"
}

bmc_address() {
    local number
    number=$(node_number "$1") || exit
    echo "$BMC_NET.$number"
}

mac() { # NODE INTERFACE: changes with the generation of the node's network cards
    local number generation=0
    number=$(node_number "$1")
    [ ! -e "$LAB/nodes/$1/nic-generation" ] || generation=$(<"$LAB/nodes/$1/nic-generation")
    printf '02:12:%02x:%02x:%02x:%02x\n' "$generation" "$2" $((number >> 8)) $((number & 255))
}

peer_of() { # mds1 and mds2, oss1 and oss2, oss3 and oss4 ...; nothing for nodes that have no partner
    local kind=${1%%[0-9]*} index=${1##*[a-z]}
    case $kind in mds | oss) echo "$kind$((index % 2 ? index + 1 : index - 1))" ;; esac
}

pair_of() { # NODE: "mds1-mds2"; "single-adm" for a node without partner
    local peer
    peer=$(peer_of "$1")
    [ -n "$peer" ] && printf '%s\n%s\n' "$1" "$peer" | sort -V | paste -sd- || echo "single-$1"
}

pair_names() { # N: the names of the first N pairs, one pair a line
    local i
    for ((i = 0; i < $1; i++)); do
        [ "$i" = 0 ] && echo mds1-mds2 || echo "oss$((2 * i - 1))-oss$((2 * i))"
    done
}

era() { cat "$LAB/era" 2>/dev/null || echo E3; }

# What the node calls itself: IML named EL6 nodes shortly and EL7 nodes fully.
host_name() { if [ "$(era)" = E2 ] || [ "$(mode_of "$1")" = light ]; then echo "$1"; else echo "$1.$DOMAIN"; fi; }

mode_of() { cat "$LAB/nodes/$1/mode" 2>/dev/null || echo none; }
nodes() { if [ -d "$LAB/nodes" ]; then find "$LAB/nodes" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V; fi; }
pairs() { nodes | grep -E '^(mds|oss)' | while read -r node; do pair_of "$node"; done | sort -uV; }
must_exist() {
    node_number "$1" >/dev/null || exit
    [ -d "$LAB/nodes/$1" ] || die "there is no node '$1' now (lab/lab status shows what is there)"
}
