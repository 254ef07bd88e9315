# shellcheck shell=bash
# EL6's services: System V scripts, run levels, chkconfig and service. systemd works below them, out of sight: its tools
# are not on the node's PATH, and one unit of the lab's starts what /etc/rc.d/rc3.d says.

# The scripts that EL6's own packages bring: NAME LEVELS START STOP.
SYSV_SCRIPTS='network 2345 10 90
rsyslog 2345 12 88
multipathd 2345 13 87
sshd 2345 55 25
ntpd 2345 58 74
crond 2345 90 60'

sysv_system() { # ROOT
    local root=$1 name wants=etc/systemd/system/multi-user.target.wants
    mkdir -p "$root"/usr/{bin,sbin} "$root/usr/lib/lab/bin" "$root"/etc/rc.d/{init.d,rc{0..6}.d} "$root/$wants"
    install -m 755 "$HERE"/stand-ins/el6/{chkconfig,service} "$root/usr/sbin/"
    install -m 755 "$HERE"/stand-ins/el6/{service-script,rc} "$root/usr/lib/lab/"
    for name in systemctl journalctl; do cp "$BUILD/base/usr/bin/$name" "$root/usr/lib/lab/bin/"; done
    for name in systemctl journalctl hostnamectl timedatectl localectl loginctl; do hide "$root" "usr/bin/$name"; done
    for name in reboot poweroff halt shutdown; do ln -sf /usr/lib/lab/bin/systemctl "$root/usr/sbin/$name"; done
    for name in etc/os-release usr/lib/os-release etc/systemd/system/sysinit.target.wants/multipathd.service; do hide "$root" $name; done
    for name in "$BUILD/base/$wants"/*; do hide "$root" "$wants/${name##*/}"; done
    hide "$root" etc/init.d
    rm "$root/etc/init.d" && ln -s rc.d/init.d "$root/etc/init.d"
    for name in 0 1 2 3 4 5 6; do ln -sfn "rc.d/rc$name.d" "$root/etc/rc$name.d"; done
    while read -r name levels start stop; do sysv_script "$root" "$name" "$levels" "$start" "$stop"; done <<<"$SYSV_SCRIPTS"
    printf '[Unit]\nDescription=Run level 3\nAfter=basic.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nKillMode=process\nTimeoutStartSec=infinity\nExecStart=/usr/lib/lab/rc\n' >"$root/etc/systemd/system/lab-rc.service"
    ln -s ../lab-rc.service "$root/$wants/lab-rc.service"
}

# Overlayfs takes such a device for "deleted in this layer".
hide() { # ROOT PATH
    [ -e "$BUILD/base/$2" ] || [ -L "$BUILD/base/$2" ] || return 0
    mkdir -p "$1/${2%/*}"
    mknod "$1/$2" c 0 0
}

sysv_script() { # ROOT NAME LEVELS START STOP
    local root=$1 name=$2 level
    printf '#!/bin/sh\n# %s\n# chkconfig: %s %s %s\n# description: %s of the lab base\nexec /usr/lib/lab/service-script %s "$@"\n' \
        "$name" "$3" "$4" "$5" "$name" "$name" >"$root/etc/rc.d/init.d/$name"
    chmod 755 "$root/etc/rc.d/init.d/$name"
    for level in 0 1 2 3 4 5 6; do
        case $3 in *"$level"*) ln -s "../init.d/$name" "$root/etc/rc.d/rc$level.d/S$4$name" ;; *) ln -s "../init.d/$name" "$root/etc/rc.d/rc$level.d/K$5$name" ;; esac
    done
}

# IML 2 switched these on when it set a server up; the packages leave them off.
sysv_services() { # ROOT: a disk over the era's layers
    local level
    for level in 2 3 4 5; do
        mkdir -p "$1/etc/rc.d/rc$level.d"
        ln -s ../init.d/corosync "$1/etc/rc.d/rc$level.d/S20corosync"
        ln -s ../init.d/pacemaker "$1/etc/rc.d/rc$level.d/S99pacemaker"
        mknod "$1/etc/rc.d/rc$level.d/K80corosync" c 0 0
        mknod "$1/etc/rc.d/rc$level.d/K01pacemaker" c 0 0
    done
}
