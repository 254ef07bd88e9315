# shellcheck shell=bash
# The one-time build: what every node's disk is laid over. Cached outside the checkout, one folder per digest of the
# recipe, so that a changed recipe builds anew and an old lab keeps running on its own:
#   debian-KEY  what comes from Debian (the base's packages, and the cluster's over it), kept beside the builds: a change of
#            ours costs seconds, only a change of the package lists fetches again
#   base     the bare operating system, with an RPM database of its packages
#   repo     package repositories: the OS's add-ons (real corosync, pacemaker, pcs), and IML's of each era
#   os-ERA   what makes the base an EL6 or EL7 system
#   IML-ERA  that with the era's packages installed by dnf: a short cut, so that `up` need not install them every time
#   keys     private keys of the lab's machines, good for nothing else

SUITE=bookworm
BASE_PACKAGES=systemd,systemd-sysv,dbus,openssh-server,rsyslog,chrony,iproute2,iputils-ping,procps,kmod,e2fsprogs,passwd
BASE_PACKAGES+=,rpm,dnf,sudo,python3,nftables,rsync,bzip2,openssl,cron,attr,acl,libcap2-bin,libfaketime,hostname
CLUSTER_PACKAGES='corosync pacemaker pacemaker-cli-utils resource-agents pcs'

# The recipe is everything that decides what is built; paths in it are relative, so every checkout shares the cache.
recipe_digest() {
    (cd "$HERE" && find base packages stand-ins lib/authority.sh lib/base.sh lib/eras.sh lib/sysv.sh -type f | LC_ALL=C sort | xargs sha256sum && echo "$SUITE") |
        sha256sum | cut -c1-16
}

# Builds what is missing, one builder at a time; an interrupted build leaves nothing that counts as built.
base_up() {
    local built
    built=$CACHE/$(recipe_digest)
    mkdir -p "$CACHE" "$LAB"
    (
        flock 9
        [ -e "$built/built" ] || build_all "$built"
    ) 9>"$CACHE/lock"
    [ -e "$LAB/base" ] || echo "$built" >"$LAB/base"
    [ "$(<"$LAB/base")" = "$built" ] || say "the recipe has changed; the running lab keeps the base it was built on until 'down'"
}

build_all() {
    local target=$1 began=$SECONDS name
    command -v mmdebstrap >/dev/null || die "mmdebstrap is missing: apt-get install mmdebstrap"
    remove_tree "$target" "$CACHE"/build.*
    DEBIAN=$CACHE/debian-$(echo "$SUITE $BASE_PACKAGES $CLUSTER_PACKAGES" | sha256sum | cut -c1-16)
    [ -e "$DEBIAN/complete" ] || fetch_debian
    BUILD=$(mktemp -d "$CACHE/build.XXXXXX")
    chmod 755 "$BUILD"
    export BUILD
    say "base: EL's face on Debian's packages"
    cp -a "$DEBIAN/base" "$BUILD/base"
    furnish_base "$BUILD/base"
    build_repositories
    for name in E2 E3 E4; do build_era "$name"; done
    make_keys "$BUILD/keys"
    rm -rf --one-file-system "$BUILD/work"
    : >"$BUILD/built"
    mv "$BUILD" "$target"
    say "built in $((SECONDS - began)) s: $(cd "$target" && du -sh --total base repo os-* IML-* | awk '{ printf "%s %s  ", $2, $1 }')"
    forget_old_builds "$target"
}

# Keeps this build, the one a running lab stands on, and the newest other.
forget_old_builds() {
    local old
    find "$CACHE" -mindepth 1 -maxdepth 1 -type d ! -path "$1" ! -path "$DEBIAN" -printf '%T@ %p\n' | sort -rn | tail -n +2 | while read -r _ old; do
        [ "$old" = "$(cat "$LAB/base" 2>/dev/null)" ] || remove_tree "$old"
    done
}

# Removes folders of the cache; refuses when anything is mounted below one, and never crosses into another file system.
remove_tree() {
    local tree
    for tree; do
        [ -e "$tree" ] || continue
        case $tree in "$CACHE"/?*) ;; *) die "$tree is not in the cache" ;; esac
        ! grep -qF " $tree/" /proc/self/mountinfo || die "something is mounted below $tree: unmount it (findmnt shows what), then try again"
        rm -rf --one-file-system "$tree"
    done
}

# UPPER LOWER COMMAND...: runs a command in a chroot whose changes go to UPPER; gone with its mounts however it ends.
in_tree() {
    local upper=$1 lower=$2
    shift 2
    mkdir -p "$upper" "$BUILD/work/overlay" "$BUILD/work/root"
    # shellcheck disable=SC2016 # Expanded inside.
    unshare --mount --pid --fork --kill-child --uts --ipc bash -euc '
        upper=$1 lower=$2 root=$BUILD/work/root
        shift 2
        mount -t overlay build -o "lowerdir=$lower,upperdir=$upper,workdir=$BUILD/work/overlay" "$root"
        mount -t proc proc "$root/proc"
        mount -t sysfs -o ro sysfs "$root/sys"
        mount -t tmpfs tmpfs "$root/dev"
        for x in null:3 zero:5 full:7 random:8 urandom:9; do mknod -m 666 "$root/dev/${x%:*}" c 1 "${x#*:}"; done
        mkdir "$root/dev/shm" "$root/dev/pts"
        ln -s /proc/self/fd "$root/dev/fd"
        mount -t tmpfs tmpfs "$root/run"
        mkdir -p "$root"/run/lab/{repo,src,stand-ins}
        mkdir -p "$BUILD/repo"
        mount --bind "$BUILD/repo" "$root/run/lab/repo"
        mount --bind -o ro "$HERE/packages" "$root/run/lab/src"
        mount --bind -o ro "$HERE/stand-ins" "$root/run/lab/stand-ins"
        cp -L /etc/resolv.conf "$root/run/resolv.conf"
        exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
    ' in_tree "$upper" "$lower" "$@"
    rm -rf --one-file-system "$BUILD/work/overlay" "$BUILD/work/root"
}

# Installs Debian packages into a tree that is thrown away later, without starting anything.
debian_install() { # UPPER LOWER PACKAGE...
    local upper=$1 lower=$2
    shift 2
    in_tree "$upper" "$lower" sh -euc '
        cp /run/resolv.conf /etc/resolv.conf
        printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
        chmod +x /usr/sbin/policy-rc.d
        { apt-get -qq update && apt-get -qq -y --no-install-recommends install "$@"; } >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
        rm -f /usr/sbin/policy-rc.d' debian_install "$@" >&2
}

fetch_debian() {
    local mirror=/etc/apt/sources.list.d/debian.sources
    [ -e $mirror ] || mirror=/etc/apt/sources.list
    remove_tree "$CACHE"/debian-*
    BUILD=$(mktemp -d "$CACHE/build.XXXXXX")
    chmod 755 "$BUILD"
    export BUILD
    say "fetching: Debian $SUITE's packages for the base, by mmdebstrap"
    # mmdebstrap binds this machine's /dev/shm into the tree: in a mount namespace of its own, so that a build which is
    # killed takes its mounts with it, and nothing of the machine is ever reachable below the cache.
    unshare --mount --pid --fork --mount-proc --kill-child mmdebstrap --quiet --variant=minbase --mode=root --include=$BASE_PACKAGES \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
        $SUITE "$BUILD/base" "$mirror" >&2
    say "fetching: the cluster's packages, and the tools that make repositories"
    # shellcheck disable=SC2086 # a list of packages
    debian_install "$BUILD/cluster" "$BUILD/base" $CLUSTER_PACKAGES
    debian_install "$BUILD/tools" "$BUILD/cluster:$BUILD/base" createrepo-c cpio
    remove_tree "$BUILD/work" "$BUILD/repo"
    : >"$BUILD/complete"
    mv "$BUILD" "$DEBIAN"
}

# Where Debian and EL differ in ways that an administrator's tools see, the base goes EL's way.
furnish_base() { # ROOT
    local root=$1 unit
    cp -r --preserve=mode "$HERE/base/." "$root/"
    mkdir -p "$root"/etc/{sysconfig/network-scripts,modprobe.d} "$root"/var/log/cluster "$root/boot"
    # In the place of the real ones, which some callers name or look for first.
    mkdir -p "$root/usr/lib/lab/bin"
    mv "$root/usr/bin/uname" "$root/usr/lib/lab/bin/"
    rm -f "$root/usr/sbin/modprobe"
    install -m 755 "$HERE/stand-ins/uname" "$root/usr/bin/"
    install -m 755 "$HERE/stand-ins/modprobe" "$root/usr/sbin/"
    install -m 755 "$HERE"/stand-ins/{multipath,multipathd} "$root/usr/sbin/"
    install -m 755 "$HERE"/stand-ins/{network,activation} "$root/usr/lib/lab/"
    [ -e "$root/usr/bin/yum" ] || ln -s dnf "$root/usr/bin/yum"
    # Native units only: Debian's init scripts would make systemctl call helpers that are not there.
    rm -f "$root"/etc/init.d/* "$root"/etc/rc?.d/* "$root"/etc/ssh/ssh_host_* "$root"/etc/ssh/sshd_config.d/*.dpkg-*
    for unit in getty@tty1.service console-getty.service getty-static.service apt-daily.timer apt-daily-upgrade.timer \
        dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer systemd-networkd.service \
        systemd-resolved.service systemd-timesyncd.service systemd-pstore.service systemd-modules-load.service \
        systemd-udevd.service dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
    mkdir -p "$root"/etc/systemd/system/{multi-user,sysinit}.target.wants
    ln -sf ../network.service "$root/etc/systemd/system/multi-user.target.wants/"
    ln -sf ../multipathd.service "$root/etc/systemd/system/sysinit.target.wants/"
    ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
    # EL's place for chrony's file; the other name still leads there.
    sed 's/^pool .*/# (the servers of the site go here)/' "$root/etc/chrony/chrony.conf" >"$root/etc/chrony.conf"
    ln -sf ../chrony.conf "$root/etc/chrony/chrony.conf"
    printf 'DAEMON_OPTS="-F 1 -x"\n' >"$root/etc/default/chrony"
    # The kernel's log is the host's.
    sed -i 's/^module(load="imklog")/#&/' "$root/etc/rsyslog.conf"
    printf '#\n# /etc/fstab\n# Created by anaconda\n#\n/dev/mapper/centos-root / xfs defaults 0 0\n' >"$root/etc/fstab"
    : >"$root/etc/machine-id"
    : >"$root/etc/resolv.conf"
}

build_repositories() {
    say "repo: RPMs of the cluster's packages, and IML's"
    mkdir -p "$BUILD/repo"
    cp "$DEBIAN/base/var/lib/dpkg/status" "$BUILD/repo/base-status"
    in_tree "$BUILD/work/rpm" "$DEBIAN/tools:$DEBIAN/cluster:$DEBIAN/base" bash /run/lab/src/build >&2
    rm -rf --one-file-system "$BUILD/work" "$BUILD/repo/base-status"
    # The base's own RPM database: what the installer of an EL system leaves behind.
    mkdir -p "$BUILD/rows"
    in_tree "$BUILD/rows" "$BUILD/base" sh -euc '
        rm -rf /var/lib/rpm
        rpm --initdb
        rpm -i --force-debian --nodeps /run/lab/repo/rows/*.rpm'
    cp -a "$BUILD/rows/var/lib/rpm" "$BUILD/base/var/lib/"
    rm -rf --one-file-system "$BUILD/rows" "$BUILD/repo/rows"
}

build_era() { # ERA
    local era=$1
    say "$era: $(era_release "$era")"
    mkdir -p "$BUILD/os-$era"
    era_system "$era" "$BUILD/os-$era"
    in_tree "$BUILD/os-$era" "$BUILD/base" sh -euc "$(era_rpm_rows "$era")"
    # shellcheck disable=SC2016,SC2046 # Expanded inside; a list of packages.
    in_tree "$BUILD/IML-$era" "$BUILD/os-$era:$BUILD/base" sh -euc '
        for r in /run/lab/repo/os /run/lab/repo/repo/*/"$1"; do
            echo "[${r#/run/lab/repo/}]"; echo "name=$r"; echo "baseurl=file://$r"; echo gpgcheck=0
        done | sed "/^\[/s,/,-,g" >/etc/yum.repos.d/build.repo
        shift
        dnf -q -y install "$@" >/tmp/dnf.log 2>&1 || { cat /tmp/dnf.log; exit 1; }
        rm -rf /etc/yum.repos.d/build.repo /var/cache/dnf /var/log/dnf* /var/log/hawkey.log /tmp/dnf.log
        rm -rf /var/lib/chroma/settings' build_era "$(era_version "$era")" $(era_packages "$era") >&2
    # What lies in /run and /tmp belongs to the build.
    rm -rf --one-file-system "$BUILD/IML-$era"/{run,tmp}
}
