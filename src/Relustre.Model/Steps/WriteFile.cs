using System.Security.Cryptography;
using System.Text;

namespace Relustre.Steps;

/// <summary>Puts a file in place whole: readers see the old content or the new, never half of it.</summary>
public sealed record WriteFile(CapturedFile File) : RestoreStep
{
    private const string Label = "security.selinux";

    // A lost connection looks like the end of input, so the content is verified before the rename makes it real.
    // EL6 knows no "sync FILE": it syncs all.
    private const string Script = """
        set -e; umask 077; d=$(dirname -- "$1"); [ -d "$d" ] || mkdir -p -- "$d"
        t=$(mktemp -- "$d/.relustre.XXXXXX"); trap 'rm -f -- "$t"' EXIT
        cat >"$t"; [ "$(sha256sum <"$t")" = "$5  -" ] || { echo "the content did not arrive whole" >&2; exit 75; }
        chown -- "$2" "$t"; chmod -- "$3" "$t"; if [ -n "$4" ]; then chcon -- "$4" "$t" 2>/dev/null || :; fi
        sync -- "$t" 2>/dev/null || sync; mv -fT -- "$t" "$1"; trap - EXIT; sync -- "$d" 2>/dev/null || :
        """;

    public override string Summary => $"write {File.Path}";

    public override RemoteCommand On(Platform platform) => StepScript.Command("write-file", Script,
        File.Path, StepScript.Owner(File), StepScript.Mode(File), LabelOf(File), Convert.ToHexStringLower(SHA256.HashData(File.Content.Span))) with
    {
        Input = File.Content,
    };

    private static string LabelOf(CapturedFile file) =>
        file.Attributes.FirstOrDefault(attribute => attribute.Name == Label) is { } label ? Encoding.UTF8.GetString(label.Value.Span).TrimEnd('\0') : "";
}
