# shellcheck shell=bash
# lab/lab activations [--check|--json|--now]
#
# Prints who activated and deactivated which target, and when: "TIME NODE TARGET activated|deactivated [WHY]", in the order
# of events within a pair. --check prints only the moments at which a target became active on one node while another had
# it, and exits 20 if there were any. --now prints what is active. The log lasts until `down`.
#
# Example: lab/lab activations --check

verb_activations() {
    local log found=''
    case "${1:-} $#" in
        ' 0') activations ;;
        '--now 1') for log in "$LAB"/san/*/activations.log; do active_targets "$log"; done ;;
        '--json 1') activations | awk 'BEGIN { printf "[" } { printf "%s{\"time\":\"%s\",\"node\":\"%s\",\"target\":\"%s\",\"event\":\"%s\",\"why\":\"%s\"}", (NR > 1 ? "," : ""), $1, $2, $3, $4, $5 } END { print "]" }' ;;
        '--check 1')
            for log in "$LAB"/san/*/activations.log; do
                [ ! -e "$log" ] || double_activations <"$log" || found=yes
            done
            [ -z "$found" ] || exit 20 ;;
        *) usage_error "activations takes --check, --json or --now" ;;
    esac
}
