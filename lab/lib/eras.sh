# shellcheck shell=bash
# What differs between the eras of IML as far as the base and the packages go (iml-servers.md has the table):
#   E2  2.1 to 2.4  EL6, System V services        E3  3.0 to 4.0  EL7, chroma-agent        E4  5.0 to 6.3  EL7, /etc/iml

era_release() {
    case $1 in
        E2) echo 'CentOS release 6.7 (Final)' ;;
        E3) echo 'CentOS Linux release 7.6.1810 (Core)' ;;
        E4) echo 'CentOS Linux release 7.7.1908 (Core)' ;;
        *) usage_error "the eras are E2, E3 and E4, not '$1'" ;;
    esac
}

# The folder of the era's repositories.
era_version() { case $1 in E2) echo 6 ;; E3) echo 7 ;; E4) echo 7-iml6 ;; esac; }

era_packages() {
    case $1 in
        E4) echo lustre lustre-resource-agents kernel-lustre python2-iml-agent python2-iml-agent-management rust-iml-agent iml_sos_plugin ;;
        *) echo lustre kernel-lustre chroma-agent chroma-agent-management iml-diagnostics ;;
    esac
}

# The kernel a kickstart installs; the Lustre one comes with the packages.
era_kernel() {
    case $1 in
        E2) echo 2.6.32-573.el6 ;;
        E3) echo 3.10.0-957.el7 ;;
        E4) echo 3.10.0-1062.el7 ;;
    esac
}

era_system() { # ERA ROOT: the files that say which system this is
    local era=$1 root=$2 release
    release=$(era_release "$era")
    mkdir -p "$root"/etc "$root/boot" "$root/usr/lib"
    echo "$release" >"$root/etc/redhat-release"
    ln -sf redhat-release "$root/etc/centos-release"
    ln -sf redhat-release "$root/etc/system-release"
    echo "$(era_kernel "$era").x86_64" >"$root/boot/lab-default-kernel"
    if [ "$era" = E2 ]; then
        sysv_system "$root"
    else
        printf 'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"\nHOME_URL="https://www.centos.org/"\n' >"$root/usr/lib/os-release"
        ln -sf ../usr/lib/os-release "$root/etc/os-release"
    fi
}

# Shell text, run in the base: its release and kernel as the RPM database has them.
era_rpm_rows() {
    local version=7
    [ "$1" != E2 ] || version=6
    echo "rpm -i --force-debian --nodeps /run/lab/repo/releases/centos-release-$version-*.rpm /run/lab/repo/releases/kernel-$(era_kernel "$1").*.rpm"
}
