# shellcheck shell=bash
# lab/lab down
#
# Stops every process of the lab by its id and removes its mounts, namespaces, bridges, devices and files, whatever state
# they are in, also after a crash. The built base stays in the cache. Nothing to do is done already.
#
# Example: lab/lab down

verb_down() {
    [ $# -eq 0 ] || usage_error "down takes no arguments"
    tear_down
    say "down: nothing of the lab is left"
}
