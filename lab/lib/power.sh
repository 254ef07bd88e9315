# shellcheck shell=bash
# Power: a supervisor per node is its mains, motherboard and reset line. `want` (on | off | reset) is what the button says.

# Runs detached for as long as the node has power. When its init ends, the reason decides: 129 (SIGHUP) is how the kernel
# reports reboot(2) of a pid namespace, everything else is off, unless the button says otherwise.
supervise() {
    local node=$1 result
    remember_process "$node.supervisor" "$BASHPID"
    enter_cgroup "$node"
    while [ "$(cat "$LAB/run/$node.want" 2>/dev/null)" = on ]; do
        cables_up "$node"
        log_power "$node" power-on
        result=0
        NODE=$node MODE=$(mode_of "$node") PAIR=$(pair_of "$node") \
            nsenter --net="/run/netns/rl-$node" \
            unshare --mount --uts --ipc --pid --cgroup --fork --kill-child "$HERE/node/init" >>"$LAB/nodes/$node/console.log" 2>&1 </dev/null || result=$?
        rm -f "$LAB/run/$node.init"
        release_targets "$node" power-off
        log_power "$node" "exit $result"
        case $(cat "$LAB/run/$node.want" 2>/dev/null) in
            reset) echo on >"$LAB/run/$node.want" ;;
            on) [ "$result" = 129 ] || echo off >"$LAB/run/$node.want" ;;
        esac
    done
    cables_down "$node"
    rm -f "$LAB/run/$node.supervisor"
}

log_power() { echo "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ) $2" >>"$LAB/nodes/$1/power.log"; }
has_power() { remembered_process "$1.supervisor" >/dev/null; }
lacks_power() { ! has_power "$1"; }

# One power change at a time and node: the BMC and the administrator may press at once.
locked() { # NODE COMMAND...
    local node=$1
    shift
    (flock 9 && "$@") 9>"$LAB/run/$node.lock"
}

power_on() { locked "$1" press_on "$1"; }
press_on() {
    local node=$1 attempt
    ! running "$node" || return 0
    sweep_node "$node"
    [ -d "$LAB/nodes/$node/upper" ] || die "$node has no system disk to boot from: lab/lab reinstall $node"
    bridges_up
    echo on >"$LAB/run/$node.want"
    # The supervisor outlives us and the lock: it must not inherit it.
    setsid "$HERE/node/supervisor" "$node" >>"$LAB/nodes/$node/console.log" 2>&1 </dev/null 9>&- &
    for ((attempt = 0; attempt < 200; attempt++)); do
        ! running "$node" || return 0
        sleep 0.05
    done
    die "$node did not start; the end of its console: $(tail -n 3 "$LAB/nodes/$node/console.log")"
}

# What a supervisor that was killed itself left behind.
sweep_node() {
    ! has_power "$1" || { until_true 10 lacks_power "$1" || true; }
    kill_group "$1" || die "processes of $1 do not die"
    release_targets "$1" power-off
    rm -f "$LAB/run/$1.init" "$LAB/run/$1.supervisor"
    cables_down "$1"
}

power_cut() { locked "$1" press_cut "$1"; }
press_cut() {
    local init
    echo off >"$LAB/run/$1.want"
    ! init=$(init_of "$1") || kill -KILL "$init" 2>/dev/null || true
    if ! has_power "$1" || ! until_true 10 lacks_power "$1"; then sweep_node "$1"; fi
}

power_off() { # orderly, as the button does; the plug after SECONDS
    local init
    init=$(init_of "$1") || { power_cut "$1"; return; }
    echo off >"$LAB/run/$1.want"
    if [ "$(mode_of "$1")" = light ]; then kill -TERM "$init"; else kill -s RTMIN+4 "$init"; fi
    until_true "${2:-60}" lacks_power "$1" || { say "$1 does not shut down: power cut"; power_cut "$1"; }
}

power_reset() {
    power_cut "$1"
    power_on "$1"
}
