namespace Relustre.Steps;

/// <summary>Makes a symlink, in the place of whatever file or link has its name.</summary>
public sealed record MakeLink(CapturedFile Link) : RestoreStep
{
    private const string Script = """
        set -e; [ "$(readlink -- "$1" || :)" != "$2" ] || exit 0
        d=$(dirname -- "$1"); mkdir -p -- "$d"; t=$(mktemp -u -- "$d/.relustre.XXXXXX")
        ln -s -- "$2" "$t"; mv -fT -- "$t" "$1"
        """;

    public override string Summary => $"link {Link.Path} to {Link.LinkTarget}";

    public override bool IsOfFiles => true;

    public override RemoteCommand On(Platform platform) => StepScript.Command("make-link", Script, Link.Path, Link.LinkTarget ?? "");
}
