namespace Relustre.Steps;

/// <summary>Makes a folder, with those that lead to it, or gives it its owner and mode.</summary>
public sealed record MakeFolder(CapturedFile Folder) : RestoreStep
{
    private const string Script = """set -e; mkdir -p -- "$1"; chown -- "$2" "$1"; chmod -- "$3" "$1" """;

    public override string Summary => $"make the folder {Folder.Path}";

    public override bool IsOfFiles => true;

    public override RemoteCommand On(Platform platform) =>
        StepScript.Command("make-folder", Script, Folder.Path, StepScript.Owner(Folder), StepScript.Mode(Folder));
}
