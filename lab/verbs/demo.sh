# shellcheck shell=bash
# lab/lab demo [--fast]
#
# The story in the terminal: a pair comes up, a server's system disk is wiped, its partner takes over, and one sees what
# is left of the server. The parts that the product does (backup, plan, restore) join as they become able to. Leaves the
# lab up, to be looked at. --fast does not wait for the reader.
#
# Example: lab/lab demo
#
# Every step of the story is one line of `tell` and the command that is really run, as it could be typed.

verb_demo() {
    pause=2
    [ "${1:-}" != --fast ] || pause=0
    tell 'Two metadata servers, mds1 and mds2: real corosync, pacemaker and pcs, one cluster.'
    run lab/lab up --pairs 1
    run lab/lab ssh mds1 crm_mon -1
    tell 'This is what the manager once wrote on mds1, and what nobody could type again by heart.'
    run lab/lab ssh mds1 ls /var/lib/chroma /etc/corosync /etc/modprobe.d /etc/multipath /etc/sysconfig/network-scripts
    tell 'Now the system disk of mds1 dies. Somebody puts in a new one and runs the installer.'
    run lab/lab reinstall mds1
    tell 'Its partner has fenced it and serves both targets. From here on there is no second failure to afford.'
    until_true 60 on_partner || die "mds2 did not take over"
    run lab/lab activations --now
    run lab/lab ssh mds2 crm_mon -1
    tell 'And mds1 is an empty machine: no cluster, no agent, no Lustre.'
    until_true 60 answers_ssh mds1
    run lab/lab ssh mds1 'rpm -q corosync lustre; uname -r; ls /var/lib/chroma'
    tell 'No target was ever active on two nodes:'
    run lab/lab activations --check && say 'none'
}

on_partner() { "$HERE/lab" activations --now | grep -x 'mds2 MGS' >/dev/null; }

tell() {
    printf '\n\033[1m# %s\033[0m\n' "$*"
    sleep "$pause"
}

# Shows the command as it is typed at the top of the checkout, and runs it there. A command that fails is part of the story.
run() {
    printf '\033[36m$ %s\033[0m\n' "$*"
    (cd "$HERE/.." && "$@") || printf '\033[33m(exit %s)\033[0m\n' $?
    sleep "$pause"
}
