using System.Security.Cryptography;
using System.Text;

namespace Relustre.Steps;

/// <summary>
/// Puts a file in place whole: readers see the old content or the new, never half of it. A file that is as it shall be is not
/// touched.
/// </summary>
public sealed record WriteFile(CapturedFile File) : RestoreStep
{
    private const string Label = "security.selinux";

    // What anybody may see at work are arguments; attributes come before the content, one a line: value, name, and an ACL as text.
    // A server without setfattr nearly always has setfacl. Neither is a reason to leave the content unwritten.
    private const string Attributes = """
        a= n=$6
        while [ "$n" -gt 0 ]; do IFS= read -r l; a="$a$l
        "; n=$((n - 1)); done
        attributes() {
          [ -z "$a" ] || printf %s "$a" | while read -r v k x; do
            setfattr -h -n "$k" -v "$v" -- "$1" 2>/dev/null || { [ "$x" != - ] && setfacl --set "$x" -- "$1" 2>/dev/null; } || :
          done
        }

        """;

    // An ACL shows as a plus sign, with or without the tools for ACLs. Names win over ids where both are known.
    private const string LeaveIfSame = """
        same() {
          [ -f "$1" ] && [ ! -h "$1" ] && [ "$(stat -c %a -- "$1")" = "$3" ] || return 1
          o=$(stat -c '%U %u %G %g' -- "$1") && set -- "$@" $o
          case $2 in "$6:$8"|"$6:$9"|"$7:$8"|"$7:$9") ;; *) return 1 ;; esac
          p=$(ls -ld -- "$1"); case "${p%% *} $a" in ??????????+*posix_acl_access*) ;; ??????????+*|*posix_acl_access*) return 1 ;; esac
          [ -z "$4" ] || { [ ! -e /sys/fs/selinux/enforce ] && [ ! -e /selinux/enforce ]; } || [ "$(stat -c %C -- "$1")" = "$4" ] || return 1
          [ "$(sha256sum <"$1")" = "$5  -" ]
        }
        if same "$1" "$2" "$3" "$4" "$5"; then attributes "$1"; exit 0; fi

        """;

    // A lost connection looks like the end of input, so the content is verified before the rename makes it real.
    // EL6 knows no "sync FILE": it syncs all.
    private const string Replace = """
        d=$(dirname -- "$1"); [ -d "$d" ] || mkdir -p -- "$d"
        t=$(mktemp -- "$d/.relustre.XXXXXX"); trap 'rm -f -- "$t"' EXIT
        cat >"$t"; [ "$(sha256sum <"$t")" = "$5  -" ] || { echo "the content did not arrive whole" >&2; exit 75; }
        case $(ls -ld -- "$t") in ??????????+*) setfacl -b -- "$t" 2>/dev/null || : ;; esac
        chown -- "$2" "$t"; chmod -- "$3" "$t"; if [ -n "$4" ]; then chcon -- "$4" "$t" 2>/dev/null || :; fi; attributes "$t"
        [ -z "$7" ] || ! command -v "${7%% *}" >/dev/null || $7 "$t" >/dev/null || { echo "$7 refuses what $1 was" >&2; exit 76; }
        sync -- "$t" 2>/dev/null || sync; mv -fT -- "$t" "$1"; trap - EXIT; sync -- "$d" 2>/dev/null || :
        """;

    /// <summary>The program that must accept the file before it becomes real, where the server has it; its path is appended. Null: none.</summary>
    public string? Verifier { get; init; }

    /// <summary>What its name ends in until a later step puts it in its place; null: it is put there.</summary>
    public string? Aside { get; init; }

    public override string Summary => $"write {File.Path}{(Aside is null ? "" : ", beside its place for now")}";

    public override bool IsOfFiles => true;

    public override RestoreStep InTree() => this with { Aside = null };

    public override RemoteCommand On(Platform platform)
    {
        var attributes = AttributesOf(File).ToList();
        return StepScript.Command("write-file", $"set -e; umask 077\n{Attributes}{LeaveIfSame}{Replace}", File.Path + Aside, StepScript.Owner(File), StepScript.Mode(File),
            LabelOf(File), Convert.ToHexStringLower(SHA256.HashData(File.Content.Span)), $"{attributes.Count}", Verifier ?? "") with
        {
            Input = attributes.Count == 0 ? File.Content : (byte[])[.. Encoding.UTF8.GetBytes(string.Concat(attributes)), .. File.Content.Span],
        };
    }

    private static string LabelOf(CapturedFile file) =>
        file.Attributes.FirstOrDefault(attribute => attribute.Name == Label) is { } label ? Encoding.UTF8.GetString(label.Value.Span).TrimEnd('\0') : "";

    private static IEnumerable<string> AttributesOf(CapturedFile file) =>
        from attribute in file.Attributes
        where attribute.Name != Label && !attribute.Name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
        let text = attribute.Name == PosixAcl.Access ? PosixAcl.TextOf(attribute.Value.Span) : null
        select $"0x{Convert.ToHexStringLower(attribute.Value.Span)} {attribute.Name} {text ?? "-"}\n";
}
