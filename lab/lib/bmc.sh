# shellcheck shell=bash
# The BMCs: one listening process per server, with an address of its own on the management network, so that a node whose
# cables are pulled can fence nobody. What a BMC is asked, it does to the node's power, whatever the node thinks of it.

BMC_LOGIN="admin"

# Every server has its own password; it stands in the CIB, where Relustre must find it and never show it.
bmc_password() { printf 'bmc-%s-%s' "$1" "$(cat "$LAB/bmc.seed")" | sha256sum | cut -c1-16; }

bmc_up() { # NODE
    local node=$1 ip
    ip=$(bmc_address "$node")
    [ -e "$LAB/bmc.seed" ] || (umask 077 && head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$LAB/bmc.seed")
    ip addr replace "$ip/16" dev "$BRIDGE0"
    ! remembered_process "$node.bmc" >/dev/null || return 0
    [ "$(bmc_mood "$node")" != absent ] || return 0
    (
        enter_cgroup bmc
        exec setsid socat "TCP-LISTEN:623,bind=$ip,reuseaddr,fork" "EXEC:$HERE/node/bmc $node" >>"$LAB/bmc.log" 2>&1 </dev/null
    ) 9>&- &
    remember_process "$node.bmc" $!
}

bmc_mood() { cat "$LAB/run/$1.mood" 2>/dev/null || echo ok; }

bmc_down() {
    local pid
    ! pid=$(remembered_process "$1.bmc") || kill "$pid" 2>/dev/null || true
    rm -f "$LAB/run/$1.bmc"
}

# One request on stdin, "LOGIN PASSWORD ACTION"; one answer on stdout.
bmc_answer() { # NODE
    local node=$1 login password action mood
    IFS=' ' read -r -t 10 login password action || return 0
    mood=$(bmc_mood "$node")
    echo "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ) $node $action ($mood)" >>"$LAB/bmc.log"
    if [ "$login $password" != "$BMC_LOGIN $(bmc_password "$node")" ]; then
        echo denied
        return
    fi
    case $mood in
        slow\ *) sleep "${mood#slow }" ;;
        failing) echo "failed"; return ;;
    esac
    case $action in
        status) ;;
        off) power_cut "$node" ;;
        on) [ ! -d "$LAB/nodes/$node/upper" ] || power_on "$node" ;;
        *) echo "unknown"; return ;;
    esac >>"$LAB/bmc.log" 2>&1 || { echo "failed"; return; }
    if has_power "$node"; then echo on; else echo off; fi
}
