using Relustre.Snapshots;

namespace Relustre.Cli.Output;

/// <summary>Something that could not be captured or restored, for programs.</summary>
internal sealed record ProblemReply(string Subject, string Message)
{
    public string? SubjectBase64 { get; init; }

    public static ProblemReply Of(ManifestProblem problem) => new(JsonText.Text(problem.Subject), JsonText.Text(problem.Message))
    {
        SubjectBase64 = JsonText.Base64(problem.Subject),
    };
}
