# shellcheck shell=bash
# lab/lab status [--json]
#
# One line a node: whether it has power, what it is (managed: as IML left it, bare: reinstalled, restored: with a cluster's
# configuration again, light, manager), its addresses, and how its BMC and cables are. Exits 0 when something runs, 3 when
# nothing does. --json also names the key with which root logs in.
#
# Example: lab/lab status

verb_status() {
    local node runs=3
    case "${1:-}" in
        --json) status_json ;;
        '')
            printf '%-6s %-5s %-8s %-15s %-15s %-10s %s\n' NODE POWER KIND MANAGEMENT LNET BMC CABLES
            for node in $(nodes); do
                printf '%-6s %-5s %-8s %-15s %-15s %-10s %s\n' "$node" "$(power_of "$node")" "$(kind_of "$node")" "$(address "$node")" \
                    "$(address "$node" 1)" "$([ -n "$(peer_of "$node")" ] && bmc_mood "$node" || echo -)" "$(cables_of "$node")"
            done ;;
        *) usage_error "status takes --json" ;;
    esac
    for node in $(nodes); do ! running "$node" || runs=0; done
    return $runs
}

power_of() { if running "$1"; then echo on; else echo off; fi; }

kind_of() {
    if [ "$1" = "$MANAGER" ]; then echo manager; elif [ "$(mode_of "$1")" = light ]; then echo light; elif is_managed "$1"; then echo managed; elif is_restored "$1"; then echo restored; else echo bare; fi
}

cables_of() {
    local pulled=''
    [ ! -e "$LAB/run/$1.cut0" ] || pulled=mgmt
    [ ! -e "$LAB/run/$1.cut1" ] || pulled=$pulled${pulled:+,}lnet
    echo "${pulled:+$pulled pulled}"
}

status_json() {
    local node separator=''
    printf '{"era":"%s","home":"%s","key":"%s","nodes":[' "$(era)" "$LAB" "$LAB/ssh/id_ed25519"
    for node in $(nodes); do
        printf '%s{"name":"%s","hostName":"%s","power":"%s","kind":"%s","address":"%s","lnet":"%s","peer":"%s","macs":["%s","%s"],"bmc":"%s","pulled":"%s"}' \
            "$separator" "$node" "$(host_name "$node")" "$(power_of "$node")" "$(kind_of "$node")" "$(address "$node")" "$(address "$node" 1)" \
            "$(peer_of "$node")" "$(mac "$node" 0)" "$(mac "$node" 1)" "$([ -z "$(peer_of "$node")" ] || bmc_mood "$node")" "$(cables_of "$node")"
        separator=,
    done
    printf ']}\n'
}
