# shellcheck shell=bash
# lab/lab up [--pairs N] [--era E2|E3|E4] [--light N]
#
# Brings up N pairs of servers (default: 1, none with --light alone) whose clusters run and whose targets are started, and
# the manager `adm` with the package repositories. The first pair is mds1 and mds2, the next are oss1 and oss2, and so on.
# With --light also N light nodes n1, n2, ... with sshd and files only. What is there already is left as it is, and
# started when it is off. The era is fixed until `down`; E3 (IML 3.0 to 4.0) is the default.
#
# Example: lab/lab up --pairs 2        an MDS pair and an OSS pair

verb_up() {
    local count='' wanted='' light=0
    while [ $# -gt 0 ]; do
        case $1 in
            --pairs) count=${2:-} ;;
            --era) wanted=${2:-} ;;
            --light) light=${2:-} ;;
            *) usage_error "up does not know '$1'" ;;
        esac
        [ $# -ge 2 ] || usage_error "$1 needs a value"
        shift 2
    done
    [ -n "$count" ] || { [ "$light" = 0 ] && count=1 || count=0; }
    [[ $count =~ ^[0-9]+$ && $count -le 40 ]] || usage_error "--pairs takes a number up to 40, not '$count'"
    [[ $light =~ ^[0-9]+$ && $light -le 999 ]] || usage_error "--light takes a number up to 999, not '$light'"
    [ -z "$wanted" ] || era_release "$wanted" >/dev/null
    base_up
    mkdir -p "$LAB"/{run,nodes,san}
    (flock 9 && bring_up "$count" "$light" "$wanted") 9>"$LAB/lock"
}

bring_up() { # PAIRS LIGHT ERA
    local pairs node i
    [ -e "$LAB/era" ] || echo "${3:-E3}" >"$LAB/era"
    [ -z "$3" ] || [ "$3" = "$(era)" ] || die "the lab is up with era $(era): 'lab/lab down' first"
    settings_up
    make_login_key
    bridges_up
    manager_up
    pairs=$(pair_names "$1")
    # All names first: every server's hosts file has them.
    for node in ${pairs//-/ }; do mkdir -p "$LAB/nodes/$node"; done
    for i in $pairs; do pair_up "$i"; done
    for ((i = 1; i <= $2; i++)); do light_node "n$i"; done
    for ((i = 1; i <= $2; i++)); do wait_for_ssh "n$i"; done
    [ "$2" = 0 ] || say "$2 light nodes answer ssh"
    for node in ${pairs//-/ }; do wait_for_ssh "$node"; done
    # shellcheck disable=SC2086 # a list of pairs
    at_once pair_authenticated $pairs
    for i in $pairs; do pair_ready "$i"; done
}
