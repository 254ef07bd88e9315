namespace Relustre.Steps;

/// <summary>A script for a POSIX shell of any age, with its arguments.</summary>
internal static class StepScript
{
    public static RemoteCommand Command(string name, string script, params IReadOnlyList<string> arguments) =>
        new(["sh", "-c", script, name, .. arguments]);

    /// <summary>Numeric where the server may not know the name: <c>0:0</c>, else names win since ids belong to packages.</summary>
    public static string Owner(CapturedFile file) =>
        $"{(file.User.Length > 0 ? file.User : $"{file.UserId}")}:{(file.Group.Length > 0 ? file.Group : $"{file.GroupId}")}";

    public static string Mode(CapturedFile file) => Convert.ToString(file.Mode, toBase: 8);
}
