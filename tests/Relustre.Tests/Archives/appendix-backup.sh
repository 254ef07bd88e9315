#!/bin/sh
# The appendix's sample script, mended as little as it takes to run at all: without the blank lines that end its continuations,
# from a tree ($ROOT) instead of the machine's own, and with the awk program as printed.
# shellcheck disable=SC3028 # bash, which is /bin/sh where the appendix is used, sets HOSTNAME; the test does so too

BCKNAME=bck-$HOSTNAME-$(date +%Y%m%d-%H%M%S)

BCKROOT=$HOME/$BCKNAME

mkdir -p "$BCKROOT"

# shellcheck disable=SC2046 # the names of the files are the test's own
tar cf - -C "$ROOT" \
var/lib/chroma \
etc/yum.repos.d/Intel-Lustre-Agent.repo \
$(cd "$ROOT" && echo etc/sysconfig/network-scripts/ifcfg-*) \
etc/sysconfig/system-config-firewall \
etc/rsyslog.conf \
etc/ntp.conf \
etc/selinux/config \
etc/modprobe.d/iml_lnet_module_parameters.conf \
etc/corosync/corosync.conf \
| (cd "$BCKROOT" && tar xf -)

# Pacemaker Configuration:

cibadmin --query > "$BCKROOT/cluster-cfg-$HOSTNAME.xml"

# RC.Sysinit Services Configuration:

chkconfig --list | awk '{

on="";
off="";

for (i=2;i<=8;i++) {
  if ($i ~ /on$/) {
    on=sprintf("%s%s",on,substr($i,1,1))
  } else {
    off=sprintf("%s%s",off,substr($i,1,1))
  }
}

if (length(off)>0)
  printf("/sbin/chkconfig --levels %s %s off\n",off,$1);

if (length(on)>0)

printf("/sbin/chkconfig --levels %s %s on\n",on,$1)

}' > "$BCKROOT/chkconfig-output-$HOSTNAME.sh"

cd "$(dirname "$BCKROOT")" || exit

tar zcf "$BCKROOT.tgz" "$(basename "$BCKROOT")"
