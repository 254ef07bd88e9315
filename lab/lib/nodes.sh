# shellcheck shell=bash
# Nodes: their system disks, and the ways in.

# NODE MODE LAYER...: a freshly installed machine. An empty disk over the base; host name, the management card, root's key
# and new host keys are what a kickstart gives. No cluster, no agent, no second card.
kickstart() {
    local node=$1 mode=$2 disk=$LAB/nodes/$1 upper=$LAB/nodes/$1/upper
    shift 2
    rm -rf --one-file-system "$disk/upper" "$disk/work"
    mkdir -p "$disk"/{work,root} "$upper"/etc/{ssh,sysconfig/network-scripts} "$upper/root/.ssh"
    echo "$mode" >"$disk/mode"
    (IFS=: && echo "$*") >"$disk/lower"
    chmod 700 "$upper/root" "$upper/root/.ssh"
    install -m 600 "$LAB/ssh/id_ed25519.pub" "$upper/root/.ssh/authorized_keys"
    host_name "$node" >"$upper/etc/hostname"
    {
        printf '127.0.0.1 localhost\n'
        host_line "$node"
        [ "$node" = "$MANAGER" ] || host_line "$MANAGER"
    } >"$upper/etc/hosts"
    : >"$upper/etc/machine-id"
    ssh-keygen -q -t ed25519 -N '' -C "root@$node" -f "$upper/etc/ssh/ssh_host_ed25519_key"
    ifcfg "$node" 0 >"$upper/etc/sysconfig/network-scripts/ifcfg-eth0"
    printf 'NETWORKING=yes\nHOSTNAME=%s\n' "$(host_name "$node")" >"$upper/etc/sysconfig/network"
    forget_host_key "$node"
}

host_line() { printf '%s %s.%s %s\n' "$(address "$1")" "$1" "$DOMAIN" "$1"; }

ifcfg() { # NODE CARD, as IML writes the second card's file
    printf 'DEVICE="eth%s"\nBOOTPROTO="%s"\nHWADDR="%s"\nIPADDR="%s"\nNETMASK="255.255.0.0"\nIPV6INIT="no"\nNM_CONTROLLED="no"\nONBOOT="yes"\nTYPE="Ethernet"\n' \
        "$2" "$([ "$2" = 0 ] && echo static || echo STATIC)" "$(mac "$1" "$2")" "$(address "$1" "$2")"
}

make_login_key() {
    mkdir -p "$LAB/ssh"
    [ -e "$LAB/ssh/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C relustre-lab -f "$LAB/ssh/id_ed25519"
}

ssh_to() { # NODE [ssh's arguments...]
    local node=$1
    shift
    # Its own machines need no proof, and what a rebuilt one shows for a while is not noted down for others.
    ssh -i "$LAB/ssh/id_ed25519" -o IdentitiesOnly=yes -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no \
        -o ConnectTimeout=5 -o LogLevel=ERROR -o BatchMode=yes -F none "root@$(address "$node")" "$@"
}

answers_ssh() { ssh_to "$1" true </dev/null 2>/dev/null; }
wait_for_ssh() { until_true "${2:-60}" answers_ssh "$1" || die "$1 does not answer ssh"; }

# A reinstalled node has other host keys; whoever reinstalled it knows that. ssh-keygen writes the whole file anew, so one
# node after the other: of two at once, one key would come back.
forget_host_key() {
    [ -e "$LAB/ssh/known_hosts" ] || return 0
    {
        flock 9
        ssh-keygen -q -R "$(address "$1")" -f "$LAB/ssh/known_hosts" >/dev/null 2>&1 || true
        rm -f "$LAB/ssh/known_hosts.old"
    } 9>"$LAB/ssh/known_hosts.lock"
}

# NODE COMMAND...: as the console would, network or not. nsenter alone would bring this machine's own powers along, and
# with them `date -s` would set this machine's clock.
in_node() {
    local node=$1 init clock
    shift
    init=$(init_of "$node") || die "$node is not running"
    mapfile -t clock < <(sed -n 's/^SetEnv //p' "/proc/$init/root/run/lab/sshd/clock.conf" 2>/dev/null | tr ' ' '\n')
    nsenter -t "$init" --mount --uts --ipc --net --pid --cgroup --root --wd -- \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root HOSTNAME="$(host_name "$node")" \
        TERM="${TERM:-dumb}" LANG=C.UTF-8 "${clock[@]}" setpriv --bounding-set "$NODE_LACKS" --inh-caps "$NODE_LACKS" -- "$@"
}

# The manager's machine: a light node that serves the packages, over http and over https with client certificates.
manager_up() {
    local etc=$LAB/nodes/$MANAGER/upper/etc/lab
    if [ ! -d "$LAB/nodes/$MANAGER/upper" ]; then
        authority_up
        kickstart "$MANAGER" light "$(<"$LAB/base")/base"
        mkdir -p "$etc"
        cp "$LAB"/ca/{authority.crt,manager.crt,manager.key} "$etc/"
    fi
    power_on "$MANAGER"
}
