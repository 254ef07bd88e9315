# shellcheck shell=bash
# Two bridges, one network namespace a node, two cables each: eth0 is the management network, eth1 is LNet's.

bridges_up() {
    local bridge number
    for number in 0 1; do
        bridge=$([ $number = 0 ] && echo "$BRIDGE0" || echo "$BRIDGE1")
        [ ! -d "/sys/class/net/$bridge" ] || continue
        # An address of its own: else it is that of some port, and changes when a node boots. Who knows the old one reaches no BMC for a while.
        ip link add "$bridge" address "02:12:00:0$number:ff:fe" type bridge forward_delay 0 mcast_snooping 0
        ip addr add "$([ $number = 0 ] && echo "$NET0" || echo "$NET1").0.1/16" dev "$bridge"
        ip link set "$bridge" up
    done
}

# A fresh namespace and fresh cards, as a machine has them after power-on. Cables that were pulled stay pulled.
cables_up() {
    local node=$1 number card bridge
    number=$(node_number "$node")
    cables_down "$node"
    ip netns add "rl-$node"
    for card in 0 1; do
        bridge=$([ $card = 0 ] && echo "$BRIDGE0" || echo "$BRIDGE1")
        ip link add "rl$number.$card" type veth peer name "eth$card" address "$(mac "$node" $card)" netns "rl-$node"
        ip link set "rl$number.$card" master "$bridge"
        [ -e "$LAB/run/$node.cut$card" ] || ip link set "rl$number.$card" up
    done
    ip -n "rl-$node" link set lo up
}

cables_down() {
    local number card
    number=$(node_number "$1")
    for card in 0 1; do
        [ ! -d "/sys/class/net/rl$number.$card" ] || ip link del "rl$number.$card"
    done
    [ ! -e "/run/netns/rl-$1" ] || ip netns del "rl-$1"
}

cards() { # mgmt | lnet | nothing for both
    case ${1:-both} in
        mgmt) echo 0 ;;
        lnet) echo 1 ;;
        both) echo 0 1 ;;
        *) usage_error "the networks are 'mgmt' and 'lnet', not '$1'" ;;
    esac
}

pull_cables() { # NODE up|down [mgmt|lnet]
    local number card
    number=$(node_number "$1")
    for card in $(cards "${3:-both}"); do
        if [ "$2" = down ]; then : >"$LAB/run/$1.cut$card"; else rm -f "$LAB/run/$1.cut$card"; fi
        [ ! -d "/sys/class/net/rl$number.$card" ] || ip link set "rl$number.$card" "$2"
    done
}
