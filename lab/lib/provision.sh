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

# NODE: a server of the site, written to its disk before it starts for the first time; whoever has a disk already keeps it.
managed_node() {
    local node=$1
    [ ! -d "$LAB/nodes/$node/upper" ] || return 0
    # shellcheck disable=SC2046 # layers are words
    kickstart "$node" full $(layers_of managed)
    site_files "$node" "$LAB/nodes/$node/upper"
    : >"$LAB/nodes/$node/managed"
}

pair_up() { # PAIR: its disks, BMCs and power
    local pair=$1 node
    disks_up "$pair"
    [ -e "$(san "$pair").authkey" ] || (umask 077 && head -c 256 /dev/urandom >"$(san "$pair").authkey")
    for node in ${pair/-/ }; do bmc_up "$node"; done
    # shellcheck disable=SC2086 # two nodes
    at_once managed_node ${pair/-/ }
    # Together, or the first would have started every target before the second is there.
    # shellcheck disable=SC2086 # two nodes
    at_once power_on ${pair/-/ }
}

is_managed() { [ -e "$LAB/nodes/$1/managed" ]; }
is_restored() { [ -e "$LAB/nodes/$1/upper/etc/corosync/corosync.conf" ]; }

is_whole() { is_managed "${1%-*}" && is_managed "${1#*-}"; } # PAIR: both nodes are servers of the site, and neither was reinstalled

# PAIR: names and passwords go between the pcsd of both, while Pacemaker still waits for its coordinator.
pair_authenticated() {
    is_whole "$1" || return 0
    [ "$(era)" = E2 ] || [ -e "$LAB/nodes/${1%-*}/authenticated" ] || authenticate_pair "${1%-*}" "${1#*-}"
}

# PAIR: waits until both nodes are members and all targets run.
pair_ready() {
    local pair=$1 first=${1%-*} second=${1#*-}
    is_whole "$pair" || return 0
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
    # The shared disks know first, and asking them costs a starting node nothing.
    [ "$(active_targets "$(san "$1")/activations.log" | wc -l)" -ge "$(targets_of "$1" | wc -l)" ] || return 1
    status=$(crm_status "${2:-${1%-*}}") || return 1
    [ "$(grep -c '<node name=.* online="true" .*pending="false"' <<<"$status")" = 2 ] &&
        [ "$(grep -cE 'resource_agent="ocf:+(chroma:Target|lustre:Lustre)" role="Started"' <<<"$status")" = "$(targets_of "$1" | wc -l)" ]
}

light_node() { # NODE: sshd and files, no systemd and no cluster
    [ -d "$LAB/nodes/$1/upper" ] || kickstart "$1" light "$(<"$LAB/base")/os-$(era)" "$(<"$LAB/base")/base"
    power_on "$1"
}
