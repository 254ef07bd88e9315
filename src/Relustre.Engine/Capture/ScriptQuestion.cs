namespace Relustre.Capture;

/// <summary>A script of ours that a host is asked to run once.</summary>
/// <param name="Greeting">The first line that it prints.</param>
internal sealed record ScriptQuestion(string Script, string Greeting)
{
    /// <summary>What it reads on standard input, once it has said that it can use it.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }
}
