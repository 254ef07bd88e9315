# Asks a server which packages its repositories have, as they will be once the plan's files are written: in a namespace of its own,
# where these lie over the server's, and with a cache of its own. What it leaves behind is nothing.
#
# $1 count|ask  $2 yum|dnf|apt  $3 repositories to switch on besides, by commas
# Standard input: "p PACKAGE" (as the package tool takes it) and "f PATH BASE64" for each file of the plan that matters.
# Answers: "missing N", "kernels N", "lacking PACKAGE" for what is not to be had, "failed REASON", and "asked" in the end.
mode=$1 tool=$2 repos=$3
umask 077
t=$(mktemp -d /dev/shm/relustre.XXXXXX 2>/dev/null || mktemp -d) || exit 74
trap 'rm -rf -- "$t"' EXIT
trap 'exit 143' HUP INT TERM
# The lines of $2 that are not in $1.
without() { { cat "$1"; echo --; cat "$2"; } | awk '$0 == "--" { asked = 1; next } !asked { have[$0] = 1; next } !($0 in have)'; }
mkdir "$t/repos" "$t/files" "$t/cache"
: >"$t/wanted"
for file in /etc/yum.repos.d/*.repo; do [ ! -e "$file" ] || cp -- "$file" "$t/repos/"; done
while IFS=' ' read -r kind name content; do
    case $kind in
        p) printf '%s\n' "$name" >>"$t/wanted" ;;
        f) case $name in
               /etc/yum.repos.d/*) printf '%s' "$content" | base64 -d >"$t/repos/${name##*/}" ;;
               *) mkdir -p -- "$t/files${name%/*}" && printf '%s' "$content" | base64 -d >"$t/files$name" ;;
           esac || exit 74 ;;
    esac
done
case $tool in
    apt) dpkg-query -W -f '${Package}:${Architecture}=${Version} ${Status}\n' 2>/dev/null | sed -n 's/:all=/=/; s/ [a-z]* ok installed$//p' >"$t/have" ;;
    *) rpm -qa --qf '%{NAME}-%|EPOCH?{%{EPOCH}}:{0}|:%{VERSION}-%{RELEASE}.%{ARCH}\n' >"$t/have" 2>/dev/null ;;
esac
[ -s "$t/have" ] || { echo "failed it does not tell which packages it has"; exit 0; }
without "$t/have" "$t/wanted" >"$t/missing"
echo "missing $(wc -l <"$t/missing")"
echo "kernels $(grep -c '^kernel\(-core\|-lustre\|-uek\)\{0,1\}-[0-9]\|^linux-image-' "$t/missing")"
if [ "$mode" = count ] || [ ! -s "$t/missing" ]; then echo asked; exit 0; fi

# Certificates and keys of the plan lie here instead of where the repositories' files say.
(cd "$t/files" && find . -type f) | sed 's/^\.//' | while read -r file; do
    for repo in "$t/repos/"*.repo; do [ ! -e "$repo" ] || sed -i "s|$file|$t/files$file|g" "$repo"; done
done
cat >"$t/list" <<'X'
t=$1 tool=$2 repos=$3
if [ "$4" = alone ]; then
    # Nothing of this may be seen outside: the mounts must not spread.
    mount --make-rprivate / 2>/dev/null || ! grep -q ' shared:' /proc/self/mountinfo 2>/dev/null || exit 75
    for file in /etc/hosts /etc/resolv.conf /etc/yum.conf /etc/dnf/dnf.conf; do
        [ ! -e "$t/files$file" ] || [ ! -e "$file" ] || mount --bind "$t/files$file" "$file" || exit 75
    done
    for folder in /etc/yum/vars /etc/dnf/vars /etc/dnf/modules.d; do
        [ -d "$t/files$folder" ] && [ -d "$folder" ] || continue
        for file in "$folder"/*; do [ ! -e "$file" ] || [ -e "$t/files$file" ] || cp -- "$file" "$t/files$file"; done
        mount --bind "$t/files$folder" "$folder" || exit 75
    done
fi
case $tool in
    apt) sed 's/[:=].*//' "$t/missing" | sort -u | xargs apt-cache madison ;;
    yum) yum -q --disableexcludes=all ${repos:+"--enablerepo=$repos"} --setopt=reposdir="$t/repos" --setopt=cachedir="$t/cache" list available --showduplicates ;;
    *) dnf -q --disableexcludes=all ${repos:+"--enablerepo=$repos"} --setopt=reposdir="$t/repos" --setopt=cachedir="$t/cache" --setopt=logdir="$t/cache" \
        list --available --showduplicates ;;
esac
X
how=alone
unshare -m sh -c : 2>/dev/null || how=together
if [ $how = alone ]; then unshare -m sh "$t/list" "$t" "$tool" "$repos" alone; else sh "$t/list" "$t" "$tool" "$repos" together; fi >"$t/said" 2>"$t/complaint" </dev/null
code=$?
if [ $code -ne 0 ] && ! grep -qi 'no matching packages' "$t/complaint" "$t/said"; then
    echo "failed $tool ended with exit code $code: $(grep -v '^ *$' "$t/complaint" | tail -n 1 | sed 's|//[^/@ ]*@|//|g' | cut -c 1-200)"
    exit 0
fi
# yum breaks long lines, so it is words that count: name.arch, version, repository.
case $tool in
    apt) awk -F '[ |]+' '{ print $2 "=" $3 }' "$t/said" >"$t/there"
        sed 's/:[a-z0-9]*=/=/' "$t/missing" >"$t/asked" ;;
    *) awk '/^Available Packages/ { begun = 1; next } !begun { next }
        { for (i = 1; i <= NF; i++) { word[n % 3] = $i; if (n++ % 3 == 2) {
            arch = word[0]; sub(/.*\./, "", arch); name = substr(word[0], 1, length(word[0]) - length(arch) - 1)
            print name "-" (word[1] ~ /:/ ? "" : "0:") word[1] "." arch } } }' "$t/said" >"$t/there"
        cp "$t/missing" "$t/asked" ;;
esac
without "$t/there" "$t/asked" | sed 's/^/lacking /' | head -n 400
echo asked
