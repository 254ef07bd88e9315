# shellcheck shell=bash
# lab/lab self-test [WORD]
#
# Proves the lab's promises on a lab of its own: it brings up a pair, breaks it in every way the lab offers, and takes it
# down after a crash. With WORD only the facts whose sentence has it. Refuses while a lab is up. The last line is
# "N passed, N failed, N not run"; exits 1 when something failed, 3 when this machine could not run it.
#
# Example: lab/lab self-test fencing
#
# The facts are in lab/facts.sh.

# shellcheck source=lab/facts.sh
. "$HERE/facts.sh"

verb_self_test() {
    local fact word=${1:-} facts
    passed=0 failed=0
    mapfile -t facts < <(grep -oE '^fact_[a-zA-Z0-9_]+' "$HERE/facts.sh" | grep -F "${word// /_}" || true)
    [ ${#facts[@]} -gt 0 ] || usage_error "no fact has '$word' in its sentence"
    if ! unshare --mount --pid --net --fork true 2>/dev/null; then
        printf '\n*** THE LAB WAS NOT TESTED: this machine makes no namespaces ***\n0 passed, 0 failed, %s not run\n' "${#facts[@]}"
        exit 3
    fi
    [ -z "$(processes_in "")" ] || die "a lab is up: 'lab/lab down' first"
    trap 'tear_down' EXIT
    for fact in "${facts[@]}"; do prove "$fact"; done
    trap - EXIT
    tear_down
    echo "$passed passed, $failed failed, 0 not run"
    [ "$failed" = 0 ]
}

# A fact runs in a shell of its own that stops at the first thing which does not hold.
prove() {
    local began=$SECONDS log
    log=$(mktemp)
    # Not in a condition: there, bash would ignore every failure inside.
    set +e
    (
        set -eE
        trap 'echo "does not hold: line $LINENO: $BASH_COMMAND"' ERR
        "$1"
    ) >"$log" 2>&1
    local result=$?
    set -e
    if [ $result = 0 ]; then
        passed=$((passed + 1))
        echo "ok      ${1#fact_} ($((SECONDS - began)) s)"
    else
        failed=$((failed + 1))
        tail -n 25 "$log"
        echo "FAILED  ${1#fact_} ($((SECONDS - began)) s)"
    fi
    rm -f "$log"
}
