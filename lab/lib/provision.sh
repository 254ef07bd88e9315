# shellcheck shell=bash
# From nothing to running servers: disks, power, and waiting until the cluster serves.

# The layers of a server as IML left it, and of a bare one.
layers_of() { # managed | bare
    local built
    built=$(<"$LAB/base")
    [ "$1" = bare ] || echo "$built/IML-$(era)"
    echo "$built/os-$(era)"
    echo "$built/base"
}

# NODE: a server of the site, written to its disk before it starts for the first time.
managed_node() {
    local node=$1
    # shellcheck disable=SC2046 # layers are words
    kickstart "$node" full $(layers_of managed)
    site_files "$node" "$LAB/nodes/$node/upper"
    : >"$LAB/nodes/$node/managed"
}

pair_up() { # PAIR: its disks, BMCs and power; whoever has a disk already keeps it
    local pair=$1 node
    disks_up "$pair"
    for node in ${pair/-/ }; do
        bmc_up "$node"
        [ -d "$LAB/nodes/$node/upper" ] || managed_node "$node"
    done
    # Together, or the first would have started every target before the second is there.
    for node in ${pair/-/ }; do power_on "$node"; done
}

is_managed() { [ -e "$LAB/nodes/$1/managed" ]; }
is_restored() { [ -e "$LAB/nodes/$1/upper/etc/corosync/corosync.conf" ]; }

# PAIR: waits until both nodes are members and all targets run, when both are servers of the site and neither was reinstalled.
pair_ready() {
    local pair=$1 first=${1%-*} second=${1#*-}
    is_managed "$first" && is_managed "$second" || return 0
    # Names and passwords go between the pcsd of both while Pacemaker still waits for its coordinator.
    [ "$(era)" = E2 ] || [ -e "$LAB/nodes/$first/authenticated" ] || authenticate_pair "$first" "$second"
    until_true 180 pair_serves "$pair" || die "the cluster of $first and $second does not come up: $(crm_status "$first" | tail -n 20)"
    say "$first and $second serve $(targets_of "$pair" | cut -d' ' -f1 | paste -sd' ')"
}

authenticate_pair() { # FIRST SECOND: `pcs host auth`, as IML's `pcs cluster auth` did
    local first=$1 second=$2 node
    for node in "$first" "$second"; do
        until_true 60 pcsd_answers "$node" || { say "pcsd of $node does not answer; its tokens are missing"; return 0; }
    done
    in_node "$first" pcs host auth "$(host_name "$first")" addr="$(address "$first")" "$(host_name "$second")" addr="$(address "$second")" \
        -u hacluster -p "$(cluster_password)" >/dev/null 2>&1 </dev/null || { say "pcs host auth failed on $first"; return 0; }
    : >"$LAB/nodes/$first/authenticated"
}

pcsd_answers() { in_node "$1" bash -c "exec 3<>/dev/tcp/127.0.0.1/2224" </dev/null 2>/dev/null; }

crm_status() { in_node "$1" timeout 10 crm_mon -1 --output-as=xml </dev/null 2>/dev/null; }

pair_serves() { # PAIR [NODE]: as the node sees it
    local status
    status=$(crm_status "${2:-${1%-*}}") || return 1
    [ "$(grep -c '<node name=.* online="true" .*pending="false"' <<<"$status")" = 2 ] &&
        [ "$(grep -cE 'resource_agent="ocf:+(chroma:Target|lustre:Lustre)" role="Started"' <<<"$status")" = "$(targets_of "$1" | wc -l)" ]
}

light_node() { # NODE: sshd and files, no systemd and no cluster
    [ -d "$LAB/nodes/$1/upper" ] || kickstart "$1" light "$(<"$LAB/base")/os-$(era)" "$(<"$LAB/base")/base"
    power_on "$1"
}
