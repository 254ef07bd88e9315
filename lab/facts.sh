# shellcheck shell=bash
# What must be true of the lab: a fact is a function fact_...; its name is the sentence. `lab/lab self-test` proves them in
# this order, one upon the other's lab. None of them tries what would do damage on a machine where it did not hold.

lab() { "$HERE/lab" "$@"; }
refused() { # CODE COMMAND...
    local wanted=$1 result=0
    shift
    "$@" || result=$?
    [ "$result" = "$wanted" ]
}
pair() { lab up --pairs 1; }
within() { until_true "$@"; }
serves_on() { lab activations --now | grep -x >/dev/null "$1 $2"; }
boots_of() { grep -c power-on "$LAB/nodes/$1/power.log"; }
has_booted_more_than() { [ "$(boots_of "$1")" -gt "$2" ]; }

fact_a_log_of_one_owner_at_a_time_has_no_double_activation() {
    printf '1 mds1 MGS activated\n2 mds1 MGS deactivated\n3 mds2 MGS activated\n3 mds1 MDT activated\n' | double_activations
}

fact_two_owners_at_once_are_a_double_activation() {
    printf '1 mds1 MGS activated\n2 mds2 MGS activated\n3 mds1 MGS deactivated\n' | refused 1 double_activations
}

fact_wrong_usage_is_exit_2_and_every_verb_has_help_with_an_example() {
    local verb
    refused 2 lab nonsense
    refused 2 lab ../build
    refused 2 lab power up mds1
    refused 2 lab up --pairs many
    refused 2 lab up --era E9
    refused 2 lab ssh 'mds1;id' true
    for verb in "$HERE"/verbs/*.sh; do
        verb=${verb##*/}
        lab "${verb%.sh}" --help | grep >/dev/null "^Example: lab/lab"
    done
}

fact_a_pair_comes_up_and_serves_and_up_again_changes_nothing() {
    local init
    pair
    serves_on mds1 MGS
    serves_on mds2 demo-MDT0000
    init=$(init_of mds1)
    pair
    [ "$init" = "$(init_of mds1)" ]
    lab status | grep >/dev/null '^mds2 *on *managed'
    lab status --json | grep >/dev/null '"name":"mds1","hostName":"mds1.lab.test","power":"on"'
}

fact_a_node_looks_like_a_server_of_iml() {
    pair
    lab ssh mds1 'grep -q "CentOS Linux release 7" /etc/redhat-release && uname -r | grep >/dev/null _lustre && rpm -q lustre chroma-agent-management && rpm -V chroma-agent lustre pacemaker corosync'
    lab ssh mds1 'grep -q "url.*/agent/" /var/lib/chroma/settings/c2VydmVy && grep -q "\"lustre_client_root\": \"/lustre\"" /var/lib/chroma/settings/YWdlbnQ='
    lab ssh mds1 'chroma-agent list_targets' | grep >/dev/null 9a1c3f0e-5b7d-4c2a-8e61-2f4d7b90c3aa
    lab ssh mds1 'cibadmin --query' | grep >/dev/null '0_fence_password'
    lab ssh mds1 'systemctl is-system-running' | grep -x >/dev/null running
    lab ssh mds1 'pcs status pcsd' | grep -c Online | grep -x >/dev/null 2
    # Compiled, as its packages bring it: otherwise the first pcs of a node compiles for seconds.
    # shellcheck disable=SC2016 # Expanded in the node.
    lab ssh mds1 '[ "$(rpm -ql pcs | grep -c "\.pyc$")" -eq "$(rpm -ql pcs | grep -c "\.py$")" ]'
}

fact_whoever_asks_for_the_kernel_hears_of_the_one_that_was_booted() {
    pair
    # shellcheck disable=SC2016 # Expanded in the node.
    lab ssh mds1 'for u in uname /bin/uname /usr/bin/uname; do $u -r; done; cat /proc/sys/kernel/osrelease; uname -a' | grep -c el7_lustre | grep -x >/dev/null 5
    lab ssh mds1 'PATH=/sbin:/bin modprobe lnet && lctl network up'
}

fact_the_exit_code_of_a_command_in_a_node_comes_out() {
    pair
    refused 7 lab ssh mds1 'exit 7'
    refused 8 lab exec mds1 sh -c 'exit 8'
}

# Looked at, never tried: on a machine where it did not hold, trying would do the damage.
fact_whoever_is_in_a_node_lacks_the_power_over_clock_modules_and_devices() {
    pair
    lab exec mds1 cat /proc/self/status | lacks_powers
    lab ssh mds1 cat /proc/self/status | lacks_powers
    lab exec mds1 cat /proc/1/status | lacks_powers
    lab exec mds1 findmnt -n -o OPTIONS /proc/sys | grep -w ro
}

# No CAP_SYS_MODULE (16), CAP_SYS_RAWIO (17), CAP_SYS_TIME (25), CAP_MKNOD (27), neither in effect nor in reach.
lacks_powers() {
    local set mask seen=0
    while read -r set mask; do
        case $set in CapEff: | CapBnd: | CapPrm:)
            seen=$((seen + 1))
            (((0x$mask & (1 << 16 | 1 << 17 | 1 << 25 | 1 << 27)) == 0)) || return 1 ;;
        esac
    done
    [ $seen = 3 ]
}

fact_a_wrong_clock_is_seen_by_new_logins_and_put_right() {
    local skew
    pair
    lab clock mds1 +30m
    skew=$(($(lab ssh mds1 date +%s) - $(date +%s)))
    [ $skew -gt 1790 ] && [ $skew -lt 1810 ]
    # In a login shell and in what it starts as well.
    skew=$(($(lab ssh mds1 'bash -lc "date +%s"') - $(date +%s)))
    [ $skew -gt 1790 ] && [ $skew -lt 1810 ]
    lab clock mds1 right
    skew=$(($(lab ssh mds1 date +%s) - $(date +%s)))
    [ $skew -lt 5 ]
}

fact_a_node_whose_cables_are_pulled_is_fenced_and_its_targets_move_without_double_activation() {
    local boots
    pair
    boots=$(boots_of mds2)
    lab net cut mds2
    refused 255 lab ssh mds2 true
    within 60 serves_on mds1 demo-MDT0000
    within 60 has_booted_more_than mds2 "$boots"
    grep -q 'mds2 off (ok)' "$LAB/bmc.log"
    lab net heal mds2
    within 90 pair_serves mds1-mds2
    lab activations --check
}

fact_a_bmc_can_be_absent_failing_and_slow() {
    local began
    pair
    ask() { lab exec mds1 fence_ipmilan -a "$(bmc_address mds2)" -l admin -p "$(bmc_password mds2)" -o status; }
    ask
    lab fencing mds2 absent
    refused 1 ask
    lab fencing mds2 failing
    refused 1 ask
    lab fencing mds2 slow 3
    began=$SECONDS
    ask
    [ $((SECONDS - began)) -ge 3 ]
    lab fencing mds2 ok
    refused 1 lab exec mds1 fence_ipmilan -a "$(bmc_address mds2)" -l admin -p wrong -o off
    running mds2
}

fact_a_target_mounted_on_two_living_nodes_is_recorded() {
    local owner other
    pair
    owner=$(lab activations --now | sed -n 's/ demo-MDT0000$//p')
    other=$(peer_of "$owner")
    lab exec "$other" mkdir -p /tmp/twice
    lab exec "$other" mount -t lustre /dev/mapper/mpatha /tmp/twice
    refused 20 lab activations --check
    lab exec "$other" umount /tmp/twice
    serves_on "$owner" demo-MDT0000
    refused 1 serves_on "$other" demo-MDT0000
    # What was recorded stays recorded; the following facts start with a clean page.
    : >"$LAB/san/mds1-mds2/activations.log"
    lab power cycle mds1
    lab power cycle mds2
    within 120 pair_serves mds1-mds2
}

fact_a_host_can_be_given_a_strangers_id() {
    pair
    [ "$(lab hostid mds2 00bab10c)" = 00bab10c ]
    [ "$(lab ssh mds2 hostid)" = 00bab10c ]
    [ "$(lab hostid mds2 none)" = none ]
    refused 2 lab hostid mds2 short
}

fact_a_package_hidden_in_the_repositories_cannot_be_had_until_it_is_shown() {
    local found
    pair
    found=(lab exec mds2 dnf -q repoquery --refresh --disablerepo='*' --enablerepo='base,lustre,iml-agent')
    refused 2 lab repo hide no-such-package
    "${found[@]}" corosync lustre | grep -c . | grep -x >/dev/null 2
    lab repo hide lustre
    lab repo hide corosync
    lab repo | grep -x >/dev/null lustre
    [ -z "$("${found[@]}" corosync lustre)" ]
    "${found[@]}" pacemaker kernel | grep -c . | grep -x >/dev/null 2
    refused 1 lab exec mds2 dnf -q -y reinstall --enablerepo=lustre lustre
    lab repo show lustre
    lab repo show corosync
    "${found[@]}" corosync lustre | grep -c . | grep -x >/dev/null 2
    lab exec mds2 dnf -q -y reinstall --enablerepo=lustre lustre
}

fact_a_reinstalled_node_is_pristine_within_seconds_and_its_partner_serves_on() {
    local key began bridge
    pair
    key=$(lab ssh mds1 cat /etc/ssh/ssh_host_ed25519_key.pub)
    bridge=$(cat "/sys/class/net/$BRIDGE0/address")
    began=$SECONDS
    lab reinstall mds1
    # 2 s on an idle machine; the limit is for one with thirty builds on it.
    [ $((SECONDS - began)) -le 60 ]
    # Its partner fences whoever left without a word: that is one more reboot of the bare node, and then it is left alone.
    within 60 serves_on mds2 MGS
    wait_for_ssh mds1
    [ "$key" != "$(lab ssh mds1 cat /etc/ssh/ssh_host_ed25519_key.pub)" ]
    # shellcheck disable=SC2016 # Expanded in the node.
    lab ssh mds1 '! rpm -q corosync && ! rpm -q lustre && [ ! -e /etc/corosync ] && [ -z "$(ls -A /var/lib/chroma 2>/dev/null)" ] && grep -q enforcing /etc/selinux/config'
    refused 1 lab ssh mds1 'uname -r | grep _lustre'
    lab activations --check
    lab status | grep >/dev/null '^mds1 *on *bare'
    # Its cards are new, and nobody who knows the way to the BMCs must look for it.
    [ "$bridge" = "$(cat "/sys/class/net/$BRIDGE0/address")" ] && [ "$bridge" = 02:12:00:00:ff:fe ]
}

fact_the_packages_of_the_manager_need_its_certificate() {
    pair
    lab reinstall mds1
    site_files mds1 "$LAB/nodes/mds1/root.site"
    (cd "$LAB/nodes/mds1/root.site" && tar cf - etc/hosts etc/yum.repos.d) | lab exec mds1 tar -C / -xf -
    refused 1 lab exec mds1 dnf -q -y install --enablerepo=lustre,iml-agent,e2fsprogs lustre
    (cd "$LAB/nodes/mds1/root.site" && tar cf - var/lib/chroma) | lab exec mds1 tar -C / -xf -
    lab exec mds1 dnf -q -y install --enablerepo=lustre,iml-agent,e2fsprogs lustre kernel-lustre chroma-agent-management
    rm -rf --one-file-system "$LAB/nodes/mds1/root.site"
    # As in life, the agent's package has put the agent's settings back to their defaults.
    refused 1 lab exec mds1 grep -q '"lustre_client_root": "/lustre"' /var/lib/chroma/settings/YWdlbnQ=
    lab exec mds1 grep -q SELINUX=disabled /etc/selinux/config
}

fact_new_network_cards_leave_a_node_without_network_until_its_files_know_them() {
    pair
    lab replace-nic mds1
    within 20 lab exec mds1 true
    refused 255 lab ssh mds1 true
    lab reinstall mds1
    lab ssh mds1 true
}

fact_down_after_a_crash_leaves_nothing_and_down_twice_is_fine() {
    local name
    pair
    # The crash: every supervisor and BMC of the lab is killed at once, by its id, and so is one node's init.
    for name in "$LAB"/run/*.supervisor "$LAB"/run/*.bmc "$LAB/run/mds1.init"; do
        kill -KILL "$(remembered_process "${name##*/}")"
    done
    lab down
    nothing_is_left
    lab down
    nothing_is_left
}

fact_down_finds_a_lab_whose_files_are_gone() {
    pair
    rm -rf --one-file-system "$LAB/run"
    lab down
    nothing_is_left
}

nothing_is_left() {
    [ -z "$(processes_in "")" ]
    [ ! -d "$LAB" ]
    [ -z "$(find /run/netns -name 'rl-*' 2>/dev/null)" ]
    [ -z "$(ip -o link | grep -E ': (rlbr|rl[0-9])' || true)" ]
    [ -z "$(losetup -n -O BACK-FILE | grep -F "$LAB/" || true)" ]
    [ -z "$(cgroup_roots | while read -r root; do [ ! -d "$root/$CGROUP" ] || echo "$root"; done)" ]
    [ -z "$(grep "$LAB\|lab-mds\|$CGROUP" /proc/self/mountinfo || true)" ]
    [ "$(sysctl -n fs.inotify.max_user_instances)" = "$inotify_before" ]
}
inotify_before=$(cat "$LAB/inotify" 2>/dev/null || sysctl -n fs.inotify.max_user_instances)
