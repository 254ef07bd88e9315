using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>How a file differs as text, for programs.</summary>
internal sealed record ChangedTextReply(string Component, string Place, IReadOnlyList<string> Lines)
{
    public string? PlaceBase64 { get; init; }

    public string? Note { get; init; }

    public static ChangedTextReply Of(ChangedText text) => new(text.Component, JsonText.Text(text.Place), text.Lines)
    {
        PlaceBase64 = JsonText.Base64(text.Place),
        Note = text.Note,
    };
}
