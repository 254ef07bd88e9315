# shellcheck shell=bash
# The manager's certificate authority. Its https repositories refuse a server that shows no certificate of this authority.
# Also the private keys of the first two pairs: making one takes a second of CPU, so the build makes them, for every lab after.

# Whose keys are made in advance: NAME BITS.
prepared_keys() {
    local node
    printf '%s 2048\n' authority "$MANAGER"
    for node in mds1 mds2 oss1 oss2; do printf '%s 2048\n%s 3072\n' "$node" "$node-pcsd"; done
}

make_keys() { # FOLDER
    local keys
    mkdir -m 700 "$1"
    mapfile -t keys < <(prepared_keys | sed "s|^|$1/|")
    at_once make_key "${keys[@]}" || die "openssl could not make the machines' keys"
}

make_key() { openssl genrsa -out "${1% *}.key" "${1#* }" 2>/dev/null; } # "FILE BITS"

rsa_key() { # NAME BITS FILE: the prepared one, or another
    local prepared
    prepared=$(<"$LAB/base")/keys/$1.key
    if [ -e "$prepared" ]; then install -m 600 "$prepared" "$3"; else (umask 077 && openssl genrsa -out "$3" "$2" 2>/dev/null); fi
}

authority_up() {
    local ca=$LAB/ca
    [ ! -e "$ca/manager.crt" ] || return 0
    mkdir -p "$ca"
    chmod 700 "$ca"
    rsa_key authority 2048 "$ca/authority.key"
    openssl req -x509 -key "$ca/authority.key" -days 36500 -subj '/CN=lab manager authority' -out "$ca/authority.crt" 2>/dev/null
    certificate "$MANAGER" "$MANAGER" "$ca/manager.key" "$ca/manager.crt"
}

certificate() { # MACHINE NAME KEY CERTIFICATE: RSA 2048, as registration made them
    local ca=$LAB/ca name=$2
    rsa_key "$1" 2048 "$3"
    openssl req -new -key "$3" -subj "/CN=$name" -out "$4.csr" 2>/dev/null
    openssl x509 -req -in "$4.csr" -CA "$ca/authority.crt" -CAkey "$ca/authority.key" -set_serial "0x$(od -An -N8 -tx8 /dev/urandom | tr -d ' ')" -days 36500 \
        -extfile <(echo "subjectAltName=DNS:$name,DNS:$name.$DOMAIN") -out "$4" 2>/dev/null
    rm -f "$4.csr"
}

# What pcsd makes itself when it starts for the first time, with three seconds of CPU.
pcsd_certificate() { # NODE FOLDER
    mkdir -p "$2"
    chmod 700 "$2"
    rsa_key "$1-pcsd" 3072 "$2/pcsd.key"
    (umask 077 && openssl req -x509 -key "$2/pcsd.key" -days 3650 -subj "/C=US/ST=MN/L=Minneapolis/O=pcsd/OU=pcsd/CN=$(host_name "$1")" -out "$2/pcsd.crt" 2>/dev/null)
}
