# shellcheck shell=bash
# Leaving nothing behind, also when what should have cleaned up was killed: everything is found where the kernel keeps it
# (cgroups, network namespaces, bridges, loop devices), not in notes of ours.

tear_down() {
    kill_group "" || die "some processes of the lab do not die: $(processes_in "" | paste -sd' ')"
    remove_cgroup ""
    network_down
    disks_down
    settings_back
    ! grep -qF " $LAB/" /proc/self/mountinfo || die "something is mounted below $LAB, and not by the lab: unmount it (findmnt shows what), then try again"
    rm -rf --one-file-system "${LAB:?}"
}

network_down() {
    local name bridge
    # Both ends of a cable go with the namespace.
    find /run/netns -maxdepth 1 -name 'rl-*' -printf '%f\n' 2>/dev/null | while read -r name; do ip netns del "$name"; done
    for bridge in $BRIDGE0 $BRIDGE1; do
        [ ! -d "/sys/class/net/$bridge" ] || {
            find "/sys/class/net/$bridge/brif" -mindepth 1 -printf '%f\n' | while read -r name; do ip link del "$name" 2>/dev/null || true; done
            ip link del "$bridge"
        }
    done
}

# 50 nodes with systemd need more inotify instances than one user has by default.
settings_up() {
    [ -e "$LAB/inotify" ] || sysctl -n fs.inotify.max_user_instances >"$LAB/inotify"
    [ "$(sysctl -n fs.inotify.max_user_instances)" -ge 4096 ] || sysctl -qw fs.inotify.max_user_instances=4096
}

settings_back() { [ ! -e "$LAB/inotify" ] || sysctl -qw "fs.inotify.max_user_instances=$(<"$LAB/inotify")"; }
