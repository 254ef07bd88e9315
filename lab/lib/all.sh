# shellcheck shell=bash
# The lab's words, in the order in which they build on each other. Sourced by lab/lab, the supervisors and the tests.
# shellcheck source=lab/lib/names.sh
. "$HERE/lib/names.sh"
# shellcheck source=lab/lib/talk.sh
. "$HERE/lib/talk.sh"
# shellcheck source=lab/lib/processes.sh
. "$HERE/lib/processes.sh"
# shellcheck source=lab/lib/network.sh
. "$HERE/lib/network.sh"
# shellcheck source=lab/lib/storage.sh
. "$HERE/lib/storage.sh"
# shellcheck source=lab/lib/power.sh
. "$HERE/lib/power.sh"
# shellcheck source=lab/lib/bmc.sh
. "$HERE/lib/bmc.sh"
# shellcheck source=lab/lib/nodes.sh
. "$HERE/lib/nodes.sh"
# shellcheck source=lab/lib/base.sh
. "$HERE/lib/base.sh"
# shellcheck source=lab/lib/authority.sh
. "$HERE/lib/authority.sh"
# shellcheck source=lab/lib/site.sh
. "$HERE/lib/site.sh"
# shellcheck source=lab/lib/sysv.sh
. "$HERE/lib/sysv.sh"
# shellcheck source=lab/lib/eras.sh
. "$HERE/lib/eras.sh"
# shellcheck source=lab/lib/corosync.sh
. "$HERE/lib/corosync.sh"
# shellcheck source=lab/lib/cib.sh
. "$HERE/lib/cib.sh"
# shellcheck source=lab/lib/provision.sh
. "$HERE/lib/provision.sh"
# shellcheck source=lab/lib/teardown.sh
. "$HERE/lib/teardown.sh"
