# shellcheck shell=bash
# The pair's corosync.conf. Corosync 3 has knet where IML's Corosync 1 and 2 had rrp over udp, so transport and keys are of
# our time; cluster name, ring roles and node names are the era's.

corosync_conf() { # FIRST SECOND
    printf 'totem {\n    version: 2\n    cluster_name: lustre-ha-cluster\n    transport: knet\n'
    if [ "$(era)" = E2 ]; then
        printf '    secauth: off\n    crypto_cipher: none\n    crypto_hash: none\n'
    else
        printf '    crypto_cipher: aes256\n    crypto_hash: sha256\n'
    fi
    printf '    config_version: 5\n    token: 5000\n}\n\nnodelist {\n'
    corosync_node "$1" 1
    corosync_node "$2" 2
    printf '}\n\nquorum {\n    provider: corosync_votequorum\n    two_node: 1\n}\n\n'
    printf 'logging {\n    to_logfile: yes\n    logfile: /var/log/cluster/corosync.log\n    to_syslog: yes\n    timestamp: on\n}\n'
}

# Up to 4.0 ring 0 was the management network, by name; from 5.0 on it is the crossover, by address.
corosync_node() { # NODE ID
    local ring0 ring1
    ring0=$(host_name "$1") ring1=$(address "$1" 1)
    [ "$(era)" != E4 ] || { ring0=$(address "$1" 1) && ring1=$(address "$1"); }
    printf '    node {\n        ring0_addr: %s\n        ring1_addr: %s\n        name: %s\n        nodeid: %s\n    }\n\n' \
        "$ring0" "$ring1" "$(host_name "$1")" "$2"
}
