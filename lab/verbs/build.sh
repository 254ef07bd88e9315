# shellcheck shell=bash
# lab/lab build [--force]
#
# Builds what all nodes stand on (base system, package repositories, a layer per era) into /var/cache/relustre-lab, once
# per recipe: `up` does it by itself when it is needed. --force builds again.
#
# Example: lab/lab build

verb_build() {
    if [ "${1:-}" = --force ]; then remove_tree "$CACHE/$(recipe_digest)"; fi
    base_up
    echo "$CACHE/$(recipe_digest)"
}
