# shellcheck shell=bash
# What the manager and the administrator put on a server when the site was set up: site_files writes all of it below a
# folder, in the shape of the era. It is what a backup must bring back.

site_files() { # NODE ROOT
    local node=$1 root=$2 pair
    pair=$(pair_of "$node")
    mkdir -p "$root"/etc/{sysconfig/network-scripts,yum.repos.d,modprobe.d,sudoers.d,sysctl.d,multipath,ssh} "$root/root/.ssh"
    system_files "$node" "$root"
    users "$root"
    network_files "$node" "$root"
    storage_files "$pair" "$root"
    agent_files "$node" "$root"
    cluster_files "$node" "$root"
    services "$root"
}

system_files() { # NODE ROOT
    local root=$2 rsyslog
    rsyslog=$(<"$(<"$LAB/base")/base/etc/rsyslog.conf")
    if [ "$(era)" = E2 ]; then
        printf '%s\n# added by chroma-agent\n*.* @@127.0.0.1:514;RSYSLOG_ForwardFormat\n# added by chroma-agent\n' "$rsyslog" >"$root/etc/rsyslog.conf"
        printf '# Commented by chroma-agent: server 0.centos.pool.ntp.org iburst\ndriftfile /var/lib/ntp/drift\nserver %s iburst # Added by chroma-agent\n' "$MANAGER" >"$root/etc/ntp.conf"
    else
        printf '%s\n# to the log host of the site\n*.* @%s:514\n' "$rsyslog" "$MANAGER" >"$root/etc/rsyslog.conf"
        printf 'driftfile /var/lib/ntp/drift\nrestrict default nomodify notrap nopeer noquery\nserver %s iburst # IML_EDITv1 server 0.centos.pool.ntp.org iburst\n# IML_EDITv1 server 1.centos.pool.ntp.org iburst\n' "$MANAGER" >"$root/etc/ntp.conf"
    fi
    { cat "$(<"$LAB/base")/base/etc/chrony.conf" && printf 'server %s iburst\n' "$MANAGER"; } >"$root/etc/chrony.conf"
    printf 'vm.min_free_kbytes = 131072\nkernel.panic = 30\n' >"$root/etc/sysctl.d/90-lustre.conf"
    printf 'search %s\n' "$DOMAIN" >"$root/etc/resolv.conf"
    printf '%%lustreadm ALL=(root) NOPASSWD: /usr/sbin/crm_mon, /usr/sbin/pcs status\n' >"$root/etc/sudoers.d/lustre"
    chmod 440 "$root/etc/sudoers.d/lustre"
}

# The layer's own accounts, the site's administrator, and the cluster's user with the password that IML gave it and told nobody.
users() { # ROOT
    local root=$1 file layer
    layer=$(<"$LAB/base")/IML-$(era)
    for file in passwd shadow group gshadow; do cp -p "$layer/etc/$file" "$root/etc/$file"; done
    echo 'lustreadm:x:1500:1500:Lustre administrator:/home/lustreadm:/bin/bash' >>"$root/etc/passwd"
    echo "lustreadm:$(openssl passwd -6 -salt relustrelab lustre):18000:0:99999:7:::" >>"$root/etc/shadow"
    echo 'lustreadm:x:1500:' >>"$root/etc/group"
    echo 'lustreadm:!::' >>"$root/etc/gshadow"
    sed -i "s|^hacluster:[^:]*:|hacluster:$(openssl passwd -6 -salt relustrelab "$(cluster_password)"):|" "$root/etc/shadow"
}

cluster_password() { (echo hacluster && cat "$LAB/bmc.seed") | sha256sum | cut -c1-20; }

network_files() { # NODE ROOT
    local node=$1 root=$2 other
    {
        printf '127.0.0.1 localhost\n'
        for other in $MANAGER $(nodes | grep -E '^(mds|oss)'); do host_line "$other"; done
    } >"$root/etc/hosts"
    ifcfg "$node" 1 >"$root/etc/sysconfig/network-scripts/ifcfg-eth1"
    if [ "$(era)" = E2 ]; then
        printf '# Configuration file for system-config-firewall\n\n--enabled\n--service=ssh\n--port=988:tcp\n--port=%s:udp\n' "$(multicast_port "$node")" >"$root/etc/sysconfig/system-config-firewall"
        printf '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m state --state NEW -m tcp -p tcp --dport 988 -j ACCEPT\n-A INPUT -m state --state NEW -m udp -p udp --dport %s -j ACCEPT\nCOMMIT\n' "$(multicast_port "$node")" >"$root/etc/sysconfig/iptables"
        chmod 600 "$root/etc/sysconfig/iptables"
    else
        mkdir -p "$root/etc/firewalld/zones"
        printf '<?xml version="1.0" encoding="utf-8"?>\n<zone>\n  <short>Public</short>\n  <service name="ssh"/>\n  <port protocol="tcp" port="988"/>\n  <port protocol="udp" port="%s"/>\n  <port protocol="tcp" port="2224"/>\n</zone>\n' "$(multicast_port "$node")" >"$root/etc/firewalld/zones/public.xml"
    fi
    lnet_file >"$root/etc/modprobe.d/iml_lnet_module_parameters.conf"
}

# An odd port that tells the pairs apart; the same on both nodes.
multicast_port() { echo $((32767 + $(node_number "$(pair_of "$1" | cut -d- -f1)") * 2)); }

lnet_file() {
    cat <<'E'
# This file is auto-generated for Lustre NID configuration by IML
# Do not overwrite this file or edit its contents directly
options lnet networks=tcp0(eth1)

### LNet Configuration Data
##  {
##    "state": "lnet_up", 
##    "modprobe_entries": [
##      "tcp0(eth1)"
##    ], 
##    "network_interfaces": []
##  }
E
}

storage_files() { # PAIR ROOT
    local pair=$1 root=$2 lun label
    printf 'defaults {\n    user_friendly_names yes\n    find_multipaths no\n}\nblacklist {\n    devnode "^vd[a-z]"\n}\n' >"$root/etc/multipath.conf"
    {
        printf '# Multipath bindings, Version : 1.0\n# NOTE: this file is automatically maintained by the multipath program.\n# You should not need to edit this file in normal circumstances.\n#\n# Format:\n# alias wwid\n#\n'
        while read -r _ _ _ lun; do echo "$(alias_of "$lun") $(wwid_of "$pair" "$lun")"; done < <(targets_of "$pair") | sort
    } >"$root/etc/multipath/bindings"
    {
        printf '# Multipath wwids, Version : 1.0\n# NOTE: This file is automatically maintained by multipath and multipathd.\n# Valid WWIDs:\n'
        while read -r _ _ _ lun; do echo "/$(wwid_of "$pair" "$lun")/"; done < <(targets_of "$pair")
    } >"$root/etc/multipath/wwids"
    chmod 600 "$root"/etc/multipath/{bindings,wwids}
    while read -r label _; do mkdir -p "$root/mnt/$label"; done < <(targets_of "$pair")
    if [ "$(era)" = E4 ]; then
        while read -r label _ primary lun; do
            echo "$primary $(peer_of "$primary") $label /dev/mapper/$(alias_of "$lun")"
        done < <(targets_of "$pair") >"$root/etc/ldev.conf"
    fi
    # Eight digits of the host, as genhostid leaves them.
    printf '%s' "$1$2" | sha256sum | cut -c1-8 | sed 's/../\\x&/g' | xargs -0 printf '%b' | head -c 4 >"$root/etc/hostid"
}

b64() { printf %s "$1" | base64 -w 0 | tr '+/' '-_'; }

agent_files() { # NODE ROOT: the agent's identity and its store
    local node=$1 root=$2 store=$2/var/lib/chroma
    mkdir -p "$store/settings"
    agent_identity "$node" "$root"
    printf '%s' '{"lustre_client_root": "/lustre", "copytool_fifo_directory": "/var/spool", "copytool_template": "--quiet --update-interval {report_interval} --event-fifo {event_fifo} --archive {archive_number} {hsm_arguments} {lustre_client}"}' >"$store/settings/$(b64 agent)"
    if [ "$(era)" = E4 ]; then
        printf 'IML_MANAGER_URL=https://%s/\n' "$MANAGER.$DOMAIN" >"$root/etc/iml/manager-url.conf"
        printf 'IML_PROFILE_NAME=base_managed_patched\nIML_PROFILE_REPOS=base,lustre-server\nIML_PROFILE_PACKAGES=python2-iml-agent-management,rust-iml-agent,lustre,lustre-resource-agents\n' >"$root/etc/iml/profile.conf"
    else
        mkdir -p "$store/targets"
        printf '{"url": "https://%s/agent/"}' "$MANAGER.$DOMAIN" >"$store/settings/$(b64 server)"
        agent_profile >"$store/settings/$(b64 profile)"
        agent_targets "$(pair_of "$node")" "$store/targets"
    fi
    find "$store" -type f -exec chmod 600 {} +
    repository_file >"$root/etc/yum.repos.d/Intel-Lustre-Agent.repo"
}

agent_identity() { # NODE ROOT
    local node=$1 home=$2/var/lib/chroma
    [ "$(era)" != E4 ] || home=$2/etc/iml
    mkdir -p "$home"
    certificate "$node" "$(host_name "$node")" "$home/private.pem" "$home/self.crt"
    cp "$LAB/ca/authority.crt" "$home/"
    chmod 600 "$home"/{private.pem,self.crt,authority.crt}
}

agent_profile() {
    if [ "$(era)" = E2 ]; then
        printf '{"name": "base_managed", "ui_name": "Managed Storage Server", "managed": true, "worker": false, "rsyslog": true, "ntp": true, "corosync": true, "pacemaker": true, "bundles": ["lustre", "iml-agent", "e2fsprogs"]}'
    else
        printf '{"name": "base_managed_rh7", "ui_name": "Managed Storage Server", "managed": true, "worker": false, "initial_state": "managed", "ntp": true, "corosync": false, "corosync2": true, "pacemaker": true}'
    fi
}

agent_targets() { # PAIR FOLDER: on both servers of the pair
    local label key primary lun
    while read -r label key primary lun; do
        if [ "$(era)" = E2 ]; then
            printf '{"bdev": "/dev/disk/by-id/scsi-%s", "mntpt": "/mnt/%s", "backfstype": "ext4", "target_name": "%s"}' "$(wwid_of "$1" "$lun")" "$label" "$label"
        else
            printf '{"bdev": "/dev/mapper/%s", "mntpt": "/mnt/%s", "backfstype": "ldiskfs", "device_type": "linux"}' "$(alias_of "$lun")" "$label"
        fi >"$2/$(b64 "$key")"
    done < <(targets_of "$1")
}

repository_file() {
    local name
    if [ "$(era)" = E4 ]; then
        for name in managerforlustre lustre-server; do
            printf '[%s]\nname=IML %s\nbaseurl=http://%s/repo/%s/7-iml6/\nenabled=1\ngpgcheck=0\n\n' $name $name "$MANAGER" $name
        done
    else
        for name in iml-agent lustre e2fsprogs; do
            # shellcheck disable=SC2016 # yum expands it.
            printf '[%s]\nname=Intel Manager for Lustre %s\nbaseurl=https://%s/repo//%s/$releasever/\nenabled=0\ngpgcheck=0\nsslverify = 1\nsslcacert = /var/lib/chroma/authority.crt\nsslclientkey = /var/lib/chroma/private.pem\nsslclientcert = /var/lib/chroma/self.crt\nproxy=_none_\n\n' $name $name "$MANAGER" $name
        done
    fi
}

cluster_files() { # NODE ROOT
    local node=$1 root=$2 pair first second
    pair=$(pair_of "$node")
    first=${pair%-*} second=${pair#*-}
    mkdir -p "$root"/etc/{corosync,pacemaker} "$root/var/lib/pacemaker/cib"
    corosync_conf "$first" "$second" >"$root/etc/corosync/corosync.conf"
    if [ "$(era)" != E2 ]; then
        install -m 400 "$(san "$pair").authkey" "$root/etc/corosync/authkey"
        printf '# pcsd configuration file\nRACK_ENV=production\nPCSD_DEBUG=false\nPCSD_WORKER_COUNT=1\nPCSD_MAX_WORKER_COUNT=1\n' >"$root/etc/sysconfig/pcsd"
        pcsd_certificate "$node" "$root/var/lib/pcsd"
    fi
    # Pacemaker takes a first configuration from this file when it is hacluster's and has no signature beside it.
    cib "$first" "$second" >"$root/var/lib/pacemaker/cib/cib.xml"
    chmod 600 "$root/var/lib/pacemaker/cib/cib.xml"
    chmod 750 "$root/var/lib/pacemaker" "$root/var/lib/pacemaker/cib"
    chown -R 189:189 "$root/var/lib/pacemaker"
}

services() { # ROOT: which services start with the server
    local root=$1 unit wants=$1/etc/systemd/system/multi-user.target.wants
    if [ "$(era)" = E2 ]; then
        sysv_services "$root"
        return
    fi
    mkdir -p "$wants"
    for unit in corosync pacemaker pcsd chroma-agent; do ln -sf "/usr/lib/systemd/system/$unit.service" "$wants/$unit.service"; done
    if [ "$(era)" = E4 ]; then
        mkdir -p "$root/etc/systemd/system/iml-storage-server.target.wants"
        ln -sf /usr/lib/systemd/system/iml-storage-server.target "$wants/"
        ln -sf /usr/lib/systemd/system/rust-iml-agent.path "$root/etc/systemd/system/iml-storage-server.target.wants/"
    fi
}
