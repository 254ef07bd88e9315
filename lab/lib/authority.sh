# shellcheck shell=bash
# The manager's certificate authority. Its https repositories refuse a server that shows no certificate of this authority.

authority_up() {
    local ca=$LAB/ca
    [ ! -e "$ca/manager.crt" ] || return 0
    mkdir -p "$ca"
    chmod 700 "$ca"
    openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj '/CN=lab manager authority' \
        -keyout "$ca/authority.key" -out "$ca/authority.crt" 2>/dev/null
    certificate "$MANAGER" "$ca/manager.key" "$ca/manager.crt"
}

certificate() { # NAME KEY CERTIFICATE: RSA 2048, as registration made them
    local ca=$LAB/ca
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$2" -out "$3.csr" 2>/dev/null
    openssl x509 -req -in "$3.csr" -CA "$ca/authority.crt" -CAkey "$ca/authority.key" -CAcreateserial -days 36500 \
        -extfile <(echo "subjectAltName=DNS:$1,DNS:$1.$DOMAIN") -out "$3" 2>/dev/null
    rm -f "$3.csr"
}
