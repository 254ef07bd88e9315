using System.Text.Json.Serialization;

namespace Relustre.Steps;

/// <summary>Removes a file that was not there, or a folder if nothing is left in it.</summary>
public sealed record RemoveFile(string Path, bool IsFolder) : RestoreStep
{
    /// <summary>A later step does it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLater { get; init; }

    public override string Summary => $"remove {Path}{(IsLater ? ", but not yet" : "")}";

    public override bool IsOfFiles => true;

    public override RestoreStep InTree() => this with { IsLater = false };

    public override RemoteCommand On(Platform platform) => IsLater ? new("true") : IsFolder
        ? StepScript.Command("remove-folder", """rmdir -- "$1" 2>/dev/null || :""", Path)
        : new("rm", "-f", "--", Path);
}
