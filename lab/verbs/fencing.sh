# shellcheck shell=bash
# lab/lab fencing NODE ok|slow SECONDS|failing|absent
#
# How the node's BMC behaves: does what it is asked, does it late, says that it failed, or is not there. Without a
# behaviour it says which one there is.
#
# Example: lab/lab fencing mds2 slow 30

verb_fencing() {
    [ $# -ge 1 ] || usage_error "fencing needs a node"
    must_exist "$1"
    [ -n "$(peer_of "$1")" ] || usage_error "$1 has no BMC"
    case "${2:-} $#" in
        ' 1') bmc_mood "$1" ;;
        'ok 2' | 'failing 2' | 'absent 2') bmc_behave "$1" "$2" ;;
        'slow 3')
            [[ $3 =~ ^[0-9]+$ ]] || usage_error "slow by how many seconds? not '$3'"
            bmc_behave "$1" "slow $3" ;;
        *) usage_error "a BMC is ok, slow SECONDS, failing or absent" ;;
    esac
}

bmc_behave() { # NODE MOOD
    echo "$2" >"$LAB/run/$1.mood"
    if [ "$2" = absent ]; then bmc_down "$1"; else bmc_up "$1"; fi
}
