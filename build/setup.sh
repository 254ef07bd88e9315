# What the README's commands have in common: installing what is missing. Sourced, by bash, from the checkout's root.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Installs the Debian packages that are not there yet. Services of theirs are not started: this machine's own sshd, cluster
# and configuration are not ours to touch.
install_debs() {
    local missing=() package ours=''
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        printf '#!/bin/sh\n# relustre: start nothing while its tools are installed\nexit 101\n' |
            as_root tee /usr/sbin/policy-rc.d >/dev/null && as_root chmod 755 /usr/sbin/policy-rc.d && ours=yes
    fi
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    local result=$?
    [ -z "$ours" ] || as_root rm -f /usr/sbin/policy-rc.d
    [ $result = 0 ] || say "could not install ${missing[*]}: run 'apt-get install ${missing[*]}' as root, then this command again"
    return $result
}

# The .NET 10 SDK: what is there, else the distribution's package, else Microsoft's installer into ~/.dotnet.
install_dotnet() {
    local home="${DOTNET_ROOT:-$HOME/.dotnet}"
    if ! has_sdk && [ -x "$home/dotnet" ]; then export PATH="$home:$PATH" DOTNET_ROOT="$home"; fi
    has_sdk && return 0
    as_root apt-get update -qq
    if [ -n "$(apt-cache policy dotnet-sdk-10.0 2>/dev/null | sed -n 's/^  Candidate: \([0-9].*\)/\1/p')" ]; then
        install_debs dotnet-sdk-10.0
    else
        install_debs ca-certificates curl libicu72
        say "installing the .NET 10 SDK into $home"
        curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 --install-dir "$home" >&2 &&
            export PATH="$home:$PATH" DOTNET_ROOT="$home"
    fi
    has_sdk || { say "no .NET 10 SDK: install it (https://dot.net) so that 'dotnet --version' says 10.0.4xx, then run this command again"; return 1; }
}

has_sdk() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

# The published program, made anew only when a source is younger.
publish_if_stale() {
    local program=artifacts/publish/relustre
    if [ ! -x $program ] || [ -n "$(find src publish Directory.* \( -name '*.cs' -o -name '*.sh' -o -name '*.css' -o -name '*.csproj' -o -name '*.props' -o -name publish \) -newer $program -print -quit)" ]; then
        ./publish >/dev/null
    fi
}

setup_tests() {
    install_debs git openssh-server openssh-client restic shellcheck busybox ksh dash gawk attr acl libcap2-bin jq man-db util-linux strace systemd \
        pacemaker-cli-utils &&
        install_dotnet
}

# What lab/lab needs on the machine itself; rpm, dnf and the cluster are inside the base that it builds.
setup_lab() {
    install_debs mmdebstrap debian-archive-keyring iproute2 socat openssl openssh-client util-linux mount e2fsprogs procps
}

lint_shell() {
    local scripts
    mapfile -t scripts < <(git ls-files | while read -r file; do
        [ -f "$file" ] && head -n 1 "$file" | grep -qaE '^#!.*\b(sh|bash)\b|shellcheck shell=' && printf '%s\n' "$file"
    done)
    shellcheck -x -S style -- "${scripts[@]}" build/setup.sh
}
