# shellcheck shell=bash
# The pair's CIB as IML leaves it: targets, constraints 20 and 10, stickiness 1000, fencing in node attributes. dc-deadtime
# is the lab's own property: 8 s instead of 20 s, so that a pair is up sooner.

cib() { # FIRST SECOND
    printf '<cib crm_feature_set="%s" validate-with="%s" epoch="42" num_updates="0" admin_epoch="0">\n  <configuration>\n' \
        "$(era_of_cib 3.0.7 3.0.11 3.0.14)" "$(era_of_cib pacemaker-1.2 pacemaker-2.3 pacemaker-2.10)"
    cib_properties
    printf '    <nodes>\n'
    cib_node "$1" 1
    cib_node "$2" 2
    printf '    </nodes>\n    <resources>\n      <primitive class="stonith" id="st-fencing" type="fence_chroma"/>\n'
    while read -r label key _ lun; do cib_target "$(resource_of "$label")" "$label" "$key" "$lun"; done < <(targets_of "$1-$2")
    printf '    </resources>\n    <constraints>\n'
    while read -r label _ primary _; do cib_places "$(resource_of "$label")" "$primary"; done < <(targets_of "$1-$2")
    printf '    </constraints>\n    <rsc_defaults>\n      <meta_attributes id="rsc_defaults-options">\n'
    nvpair rsc_defaults-options resource-stickiness 1000
    nvpair rsc_defaults-options failure-timeout 20m
    nvpair rsc_defaults-options migration-threshold 3
    printf '      </meta_attributes>\n    </rsc_defaults>\n  </configuration>\n  <status/>\n</cib>\n'
}

era_of_cib() { case $(era) in E2) echo "$1" ;; E3) echo "$2" ;; E4) echo "$3" ;; esac; }

nvpair() { printf '        <nvpair id="%s-%s" name="%s" value="%s"/>\n' "$1" "$2" "$2" "$3"; }

cib_properties() {
    printf '    <crm_config>\n      <cluster_property_set id="cib-bootstrap-options">\n'
    nvpair cib-bootstrap-options no-quorum-policy ignore
    nvpair cib-bootstrap-options symmetric-cluster true
    nvpair cib-bootstrap-options stonith-enabled true
    nvpair cib-bootstrap-options dc-deadtime "${RELUSTRE_LAB_DC_DEADTIME:-8s}"
    printf '      </cluster_property_set>\n'
    if [ "$(era)" = E2 ]; then
        printf '      <cluster_property_set id="integrated_manager_for_lustre_configuration">\n'
        nvpair integrated_manager_for_lustre_configuration configured_by "$(date -u +%Y-%m-%d)"
        printf '      </cluster_property_set>\n'
    fi
    printf '    </crm_config>\n'
}

# The agent is named last: fence_chroma takes a node without it as one that cannot be fenced yet.
cib_node() { # NODE ID
    printf '      <node id="%s" uname="%s">\n      <instance_attributes id="nodes-%s">\n' "$2" "$(host_name "$1")" "$2"
    nvpair "nodes-$2" 0_fence_ipaddr "$(bmc_address "$1")"
    nvpair "nodes-$2" 0_fence_lanplus True
    nvpair "nodes-$2" 0_fence_login "$BMC_LOGIN"
    nvpair "nodes-$2" 0_fence_password "$(bmc_password "$1")"
    nvpair "nodes-$2" 0_fence_agent fence_ipmilan
    nvpair "nodes-$2" standby off
    printf '      </instance_attributes>\n      </node>\n'
}

cib_target() { # RESOURCE LABEL KEY LUN
    local provider=chroma type=Target monitor=5 wait=60
    [ "$(era)" != E4 ] || provider=lustre type=Lustre monitor=20 wait=300
    printf '      <primitive class="ocf" id="%s" provider="%s" type="%s">\n' "$1" $provider $type
    printf '      <meta_attributes id="%s-meta_attributes">\n' "$1"
    nvpair "$1-meta_attributes" target-role Started
    printf '      </meta_attributes>\n      <instance_attributes id="%s-instance_attributes">\n' "$1"
    if [ "$(era)" = E4 ]; then
        nvpair "$1-instance_attributes" mountpoint "/mnt/$2"
        nvpair "$1-instance_attributes" target "/dev/mapper/$(alias_of "$4")"
    else
        nvpair "$1-instance_attributes" target "$3"
    fi
    printf '      </instance_attributes>\n      <operations>\n'
    printf '        <op id="%s-monitor-%s" interval="%s" name="monitor" timeout="%s"/>\n' "$1" $monitor $monitor $wait
    printf '        <op id="%s-start-0" interval="0" name="start" timeout="300"/>\n        <op id="%s-stop-0" interval="0" name="stop" timeout="300"/>\n' "$1" "$1"
    printf '      </operations>\n      </primitive>\n'
}

cib_places() { # RESOURCE PRIMARY
    printf '      <rsc_location id="%s-primary" node="%s" rsc="%s" score="20"/>\n' "$1" "$(host_name "$2")" "$1"
    printf '      <rsc_location id="%s-secondary" node="%s" rsc="%s" score="10"/>\n' "$1" "$(host_name "$(peer_of "$2")")" "$1"
}
