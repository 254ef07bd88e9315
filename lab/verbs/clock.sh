# shellcheck shell=bash
# lab/lab clock NODE OFFSET|right
#
# Puts the node's clock wrong by OFFSET (+30m, -2h, +10s, +1d) for everything started from now on, logins over ssh included,
# until it is put right or the power goes. The machine's own clock is never touched; what runs already keeps its time.
#
# Example: lab/lab clock mds1 +30m

verb_clock() {
    local library
    [ $# -eq 2 ] || usage_error "clock needs a node and an offset"
    must_exist "$1"
    if [ "$2" = right ]; then
        in_node "$1" rm -f /etc/ld.so.preload /etc/faketimerc
        return
    fi
    [[ $2 =~ ^[+-][0-9]+[smhd]$ ]] || usage_error "an offset looks like +30m or -2h, not '$2'"
    library=$(in_node "$1" sh -c 'ls /usr/lib/*/faketime/libfaketime.so.1')
    # The file of the offset first: the library would otherwise start without one.
    # shellcheck disable=SC2016 # Expanded in the node.
    in_node "$1" sh -c 'echo "$1" >/etc/faketimerc && echo "$2" >/etc/ld.so.preload' clock "$2" "$library"
}
