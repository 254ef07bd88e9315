# shellcheck shell=bash
# lab/lab demo [--fast]
#
# The story in the terminal: a pair of servers is backed up over SSH, one loses its system disk, its partner takes over, and
# one sees what of the server is in the backup. Every command after `$` is the one that is really run: `relustre` is this
# checkout's program, built when it is not there. Needs that no lab is up, and leaves its own up to be looked at; the demo's
# site lies in its folder until `down`. --fast does not wait for the reader.
#
# Example: lab/lab demo
#
# The README's picture of it: lab/lab demo --fast 2>/dev/null | lab/picture >docs/demo.svg

verb_demo() {
    pause=2
    case "${1:-} $#" in ' 0') ;; '--fast 1') pause=0 ;; *) usage_error "demo takes --fast" ;; esac
    [ -z "$(processes_in "")" ] || die "a lab is up: 'lab/lab down' first"
    program_up
    chapter_site
    chapter_backup
    chapter_loss
    chapter_return
}

# `relustre` and `lab/lab` as they are typed at the top of the checkout.
program_up() {
    cd "$HERE/.." || exit
    # shellcheck source=build/setup.sh
    . build/setup.sh
    if [ ! -x artifacts/bin/Relustre.Cli/release/relustre ]; then
        install_dotnet
        say "building relustre"
        dotnet build src/Relustre.Cli -c Release --nologo -v quiet >&2
    fi
    export PATH=$PWD/artifacts/bin/Relustre.Cli/release:$PATH RELUSTRE_SITE=$LAB/demo/site
}

chapter_site() {
    local node
    tell 'Two metadata servers, mds1 and mds2: one cluster of real corosync, pacemaker and pcs, with shared disks.'
    run 'lab/lab up --pairs 1'
    run 'lab/lab ssh mds1 crm_mon -1 | grep -E "Online|Started"'
    tell 'A management host that reaches them over SSH. Nothing is installed on the servers.'
    run 'relustre init'
    run "key=$LAB/ssh/id_ed25519 known=$LAB/ssh/known_hosts"
    for node in mds1 mds2; do
        run "relustre host add $node --pair mds --address $(address $node) --identity \$key --ssh-option UserKnownHostsFile=\$known"
    done
}

chapter_backup() {
    tell 'The backup: one SSH session a server. What did not change costs nothing the second time.'
    run 'relustre backup'
    run 'relustre backup'
    run 'relustre show mds1 | sed -n 1,24p'
}

chapter_loss() {
    tell 'Now the system disk of mds1 dies. Somebody puts in a new one and runs the installer.'
    run 'lab/lab reinstall mds1'
    until_true 60 on_partner || die "mds2 did not take over"
    wait_for_ssh mds1
    tell 'Its partner has fenced it and serves both targets. There is no second failure to afford.'
    run 'lab/lab activations --now'
    tell 'And mds1 is an empty machine: no cluster, no agent, no Lustre.'
    run 'lab/lab ssh mds1 "rpm -q corosync pacemaker lustre chroma-agent"'
}

# Here the story goes as far as the program does.
chapter_return() {
    if knows audit; then
        tell 'What is gone, and what it means:'
        run 'relustre audit mds1 | head -n 20'
    fi
    tell 'Everything that made it mds1 is in the vault.'
    run 'relustre ls mds1 /etc/corosync'
    run "relustre restore-files mds1 --target $LAB/demo/mds1"
    run "(cd $LAB/demo/mds1 && find etc root usr var -type f -exec sha256sum {} +) >$LAB/demo/sums"
    run "lab/lab ssh mds1 'cd / && sha256sum -c 2>/dev/null' <$LAB/demo/sums | sed 's/.*: //' | sort | uniq -c"
    if knows restore; then
        tell 'And back it comes, one safe step at a time.'
        run 'relustre plan mds1 | tail -n 20'
        run 'echo mds1 | relustre restore mds1 | tail -n 24'
        until_true 120 pair_serves mds1-mds2 || die "mds1 did not come back"
        run 'lab/lab ssh mds1 crm_mon -1 | grep -E "Online|Started"'
    else
        tell 'Putting it back in the right order is still done by hand (docs/lab.md); relustre restore comes next.'
    fi
    tell 'Was any target ever active on two nodes?'
    run 'lab/lab activations --check && echo no'
}

knows() { relustre --help | grep -qE "^ +$1( |$)"; }

on_partner() { active_targets "$(san mds1-mds2)/activations.log" | grep -x >/dev/null 'mds2 MGS'; }

tell() {
    printf '\n\033[1m# %s\033[0m\n' "$*"
    sleep "$pause"
}

# Shows the command and runs it, in the shell that the reader seems to be in. A command that fails is part of the story.
run() {
    printf '\033[36m$\033[0m %s\n' "$1"
    eval "$1" || printf '\033[33m(exit %s)\033[0m\n' $?
    sleep "$pause"
}
