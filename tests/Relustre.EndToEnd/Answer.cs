using System.Text;
using System.Text.Json;

namespace Relustre.EndToEnd;

/// <summary>What a program answered.</summary>
internal sealed record Answer(int ExitCode, byte[] Output, string Errors)
{
    public string Command { get; init; } = "";

    public string Text => Encoding.UTF8.GetString(Output);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The same answer, if the program ended as it should.</summary>
    public Answer Ending(int expected = 0)
    {
        Assert.True(ExitCode == expected, $"{Command}\nended with {ExitCode}, not {expected}\n{Text}\n{Errors}");
        return this;
    }
}
