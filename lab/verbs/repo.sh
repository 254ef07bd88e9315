# shellcheck shell=bash
# lab/lab repo [hide|show PACKAGE]
#
# Takes a package out of the manager's and the system's repositories, or puts it back: their lists no longer name it and its
# file is not found, for every node. PACKAGE is a name (lustre), or one version (lustre-2.10.7-1.el7) of it. Without arguments
# says what is hidden. What dnf on a node has cached it keeps, as in life: `dnf clean all` there, or a reinstalled node.
#
# Example: lab/lab repo hide chroma-agent-management
# shellcheck disable=SC2016 # What stands in single quotes is expanded in the node.

verb_repo() {
    [ $# -eq 0 ] || [ $# -eq 2 ] || usage_error "repo needs hide or show, and a package"
    must_exist "$MANAGER"
    running "$MANAGER" || die "$MANAGER has no power: lab/lab power on $MANAGER"
    case "${1:-}" in
        '') in_node "$MANAGER" sh -c 'cat /etc/lab/hidden 2>/dev/null || true' ;;
        hide)
            is_package "$2" || usage_error "no repository of the lab has a package '$2'"
            hidden_packages "$2" <<<"$2" ;;
        show) hidden_packages "$2" </dev/null ;;
        *) usage_error "repo is hide or show, not '$1'" ;;
    esac
}

# The file's new content: the list without the package, and what comes on standard input.
hidden_packages() {
    in_node "$MANAGER" sh -euc '
        { grep -vxF -e "$1" /etc/lab/hidden 2>/dev/null || true; cat; } >/etc/lab/hidden.new
        mv /etc/lab/hidden.new /etc/lab/hidden' hidden "$1"
}

is_package() { # NAME or NAME-VERSION-RELEASE
    [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*$ ]] &&
        [ -n "$(find "$(<"$LAB/base")/repo" -name '*.rpm' \( -name "$1-[0-9]*" -o -name "$1.*.rpm" \) -print -quit)" ]
}
