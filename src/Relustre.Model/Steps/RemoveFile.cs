namespace Relustre.Steps;

/// <summary>Removes a file that was not there, or a folder if nothing is left in it.</summary>
public sealed record RemoveFile(string Path, bool IsFolder) : RestoreStep
{
    public override string Summary => $"remove {Path}";

    public override bool IsOfFiles => true;

    public override RemoteCommand On(Platform platform) => IsFolder
        ? StepScript.Command("remove-folder", """rmdir -- "$1" 2>/dev/null || :""", Path)
        : new("rm", "-f", "--", Path);
}
